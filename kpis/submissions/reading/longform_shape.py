"""The form of JSON that a system sends: one object that says for what, and rows by listing.

`{"engagement": 1, "study": 2, "data_cutoff_date": "2026-10-31", "listings": {"queries": [{…}]}}`

Whether it has that form is told with every place that is wrong, as a JSON pointer. What the cells
hold is no matter of this file.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpis.engine.tables import LISTINGS
from kpis.submissions.reading.headers import ranks, squeeze
from kpis.submissions.reading.problems import shorten

MOST_BYTES = 10_000_000  # as Python objects they take several times as much memory
MOST_ROWS = 100_000
MOST_WORDS = "10 MB and 100,000 rows"
MOST_FINDINGS = 20
FIELDS = ("engagement", "study", "data_cutoff_date", "listings")

Row = Mapping[str, Any]
Findings = dict[str, list[str]]


class NotJson(Exception):
    """The bytes are no JSON at all; the text says where."""


class NotLongform(Exception):
    """JSON of another form: `findings` gives sentences by JSON pointer."""

    def __init__(self, findings: Findings) -> None:
        super().__init__(
            " ".join(f"{pointer or '/'}: {' '.join(words)}" for pointer, words in findings.items())
        )
        self.findings = findings


class TooManyRows(Exception):
    """More rows than are taken as JSON."""


@dataclass(frozen=True)
class Longform:
    """What was sent: the fields that say for what, as they stand, and the rows by listing."""

    envelope: Mapping[str, Any]
    listings: Mapping[str, Sequence[Row]]


def parse_longform(content: bytes) -> Longform:
    """Return what the bytes say; raises NotJson, NotLongform or TooManyRows."""
    try:
        whole = json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_number
        )
    except UnicodeDecodeError as error:
        raise NotJson("The text is not UTF-8.") from error
    except RecursionError as error:
        raise NotJson("It is nested too deeply.") from error
    except ValueError as error:
        raise NotJson(f"It is not JSON: {error}.") from error
    findings = dict(_found(whole))
    if findings:
        raise NotLongform(findings)
    listings = whole["listings"]
    count = sum(len(rows) for rows in listings.values())
    if count > MOST_ROWS:
        raise TooManyRows(f"{count:,} rows were sent; up to {MOST_ROWS:,} are taken as JSON.")
    envelope = {name: value for name, value in whole.items() if name != "listings"}
    return Longform(envelope, listings)


def pointer(listing: str, row: int | None, column: str | None) -> str:
    """Return the place in the JSON of a problem at a row (the first is 2) and field."""
    parts = ["listings", listing]
    if row is not None and row > 1:
        parts.append(str(row - 2))
        parts += [column] if column else []
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"an object names '{shorten(twice)}' twice")
    return found


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number")


def _found(whole: Any) -> Iterator[tuple[str, list[str]]]:
    """Yield what is wrong, by pointer; at most a handful."""
    if not isinstance(whole, dict):
        yield "", ["Send one object, with engagement and listings."]
        return
    for name in whole.keys() - set(FIELDS):
        yield f"/{shorten(name)}", [f"There is no such field. Known are: {', '.join(FIELDS)}."]
    listings = whole.get("listings")
    if not isinstance(listings, dict) or not listings:
        yield "/listings", ["Name at least one listing, each with a list of rows."]
        return
    count = 0
    for name, rows in listings.items():
        for found in _wrong_rows(name, rows):
            yield found
            count += 1
            if count == MOST_FINDINGS:
                return


def _wrong_rows(name: str, rows: Any) -> Iterator[tuple[str, list[str]]]:
    if name not in LISTINGS:
        yield pointer(shorten(name), None, None), [f"There is no such listing. {_known()}"]
        return
    if not isinstance(rows, list):
        yield pointer(name, None, None), ["Give a list of rows; an empty one for nothing."]
        return
    fields: set[str] = set()
    for number, row in enumerate(rows, start=2):
        if not isinstance(row, dict):
            yield pointer(name, number, None), ["A row is an object of fields."]
            continue
        fields |= row.keys()
        for field, value in row.items():
            if isinstance(value, dict | list):
                yield pointer(name, number, field), ["A field holds one value: text or number."]
            elif isinstance(value, float) and not math.isfinite(value):
                yield pointer(name, number, field), ["This number is too large."]
    known = ranks(LISTINGS[name])
    if fields and not any(squeeze(field) in known for field in fields):
        columns = ", ".join(column.name for column in LISTINGS[name].columns)
        yield pointer(name, None, None), [f"None of the fields is known. Known are: {columns}."]


def _known() -> str:
    return f"Known are: {', '.join(LISTINGS)}."
