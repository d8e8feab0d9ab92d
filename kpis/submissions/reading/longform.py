"""JSON rows of a system as raw sheets, one for each listing.

They go the way of every other file: typed by the same columns, checked by the same rules. A field
is named as the column (`opened_at`) or by any of its titles. In problems the header counts as row
1, so the first row is row 2; `pointer` gives the place in the JSON.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from kpis.engine.tables import LISTINGS, ListingType
from kpis.submissions.reading import longform_shape
from kpis.submissions.reading.headers import ranks, squeeze
from kpis.submissions.reading.longform_shape import (
    MOST_WORDS,
    NotJson,
    NotLongform,
    Row,
    TooManyRows,
    parse_longform,
)
from kpis.submissions.reading.problems import Problem
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.stated import Stated

WHOLE = 2**53  # beyond, a number of a workbook would not be exact


def read_longform(path: Path, file: int) -> tuple[list[RawSheet], list[Problem]]:
    """Return a sheet for each listing, or the problem that ended the reading."""
    if path.stat().st_size > longform_shape.MOST_BYTES:
        return [], [Problem("file-too-large", f"As JSON up to {MOST_WORDS} are taken. Send CSV.")]
    try:
        sent = parse_longform(path.read_bytes())
    except TooManyRows as refusal:
        return [], [Problem("file-too-large", f"{refusal} Send CSV.")]
    except (NotJson, NotLongform) as refusal:
        words = f"The file begins like JSON and is not of the form asked for. {refusal}"
        return [], [Problem("json-shape", words[:1000])]
    stated = _stated(sent.envelope)
    return [
        RawSheet(file, name, _frame(LISTINGS[name], rows), declared=name, stated=stated)
        for name, rows in sent.listings.items()
    ], []


def _stated(envelope: Mapping[str, Any]) -> Stated:
    """Return what the envelope says, as far as it makes sense; the API refused the rest."""
    engagement, study = envelope.get("engagement"), envelope.get("study")
    numbers = {
        "engagement": engagement if type(engagement) is int else None,
        "study": study if type(study) is int else None,
    }
    words = ", ".join(f"{name} {number}" for name, number in numbers.items() if number is not None)
    try:
        cutoff = date.fromisoformat(str(envelope.get("data_cutoff_date")))
    except ValueError:
        cutoff = None
    return Stated(
        engagement_id=numbers["engagement"],
        study_id=numbers["study"],
        spans_studies=numbers["engagement"] is not None and numbers["study"] is None,
        cutoff_date=cutoff,
        about=words,
    )


def _frame(listing: ListingType, rows: Sequence[Row]) -> pd.DataFrame:
    fields = list(dict.fromkeys(field for row in rows for field in row))
    if not fields:
        fields = [column.title for column in listing.columns]
    words = {field: _words(listing, field) for field in fields}
    cells = [[words[field].get(cell, cell) for field, cell in _cells(row, fields)] for row in rows]
    return pd.DataFrame([fields, *cells], dtype="object")


def _words(listing: ListingType, field: str) -> Mapping[Any, str]:
    """Return a word of the sheets for each of our own choices: a system may send either."""
    name, _ = ranks(listing).get(squeeze(field), ("", 0))
    choices = listing.column(name).choices if name else ()
    return {choice.value: choice.spellings[0] for choice in choices}


def _cells(row: Row, fields: Sequence[str]) -> list[tuple[str, Any]]:
    return [(field, _cell(row.get(field))) for field in fields]


def _cell(value: Any) -> Any:
    """Return a value as a workbook's reader gives it: numbers as floats, nothing as ''."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return float(value) if abs(value) < WHOLE else str(value)
    return value
