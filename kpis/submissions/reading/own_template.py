"""A workbook of ours, filled in: its listings are kept, everything that we wrote beside goes.

The cover, the definitions, the lists and the grey columns of last month are not data. A row in
which nothing was entered beside what names it is left out with a warning: it counts neither as zero
nor as closed.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from kpis.engine.tables import LISTINGS, ListingType
from kpis.submissions.reading.headers import find_header
from kpis.submissions.reading.problems import Problem, address, shorten
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.stated import Stated
from kpis.submissions.template.mark import (
    COVER,
    CUTOFF_LABEL,
    LAST_MONTH,
    Mark,
    read_mark,
    sheet_name,
)
from kpis.submissions.template.plan import naming_columns

MARKED_ROWS = 5_000  # longer sheets are listings
MARKED_COLUMNS = 3
TITLE_ROWS = 60
BY_NAME = {sheet_name(listing).casefold(): listing for listing in LISTINGS.values()}


def take_template(
    sheets: Sequence[RawSheet], problems: Sequence[Problem]
) -> tuple[list[RawSheet], list[Problem]]:
    """Return the sheets of one file as they are, or, of our template, its listings alone."""
    marks = {sheet.name: read for sheet in sheets if (read := _mark(sheet))}
    if not marks:
        return list(sheets), list(problems)
    kinds = {kind for kind, _ in marks.values()}
    mark = next(iter(marks.values()))[1]
    found = [problem for problem in problems if problem.sheet not in marks]
    cutoff = None
    for sheet in sheets:
        if sheet.name in marks and marks[sheet.name][0] == COVER:
            cutoff, wrong = _cutoff(sheet)
            found += wrong
    stated = _stated(mark, cutoff, missing_cover=COVER not in kinds)
    kept = []
    for sheet in sheets:
        if sheet.name not in marks:
            cleaned, remarks = _listing(replace(sheet, stated=stated))
            kept.append(cleaned)
            found += remarks
    return kept, found


def _mark(sheet: RawSheet) -> tuple[str, Mark] | None:
    if len(sheet.frame) > MARKED_ROWS:
        return None
    for position in sheet.frame.columns[:MARKED_COLUMNS]:
        for cell in sheet.frame[position]:
            if isinstance(cell, str) and (found := read_mark(cell)):
                return found
    return None


def _stated(mark: Mark, cutoff: dt.date | None, *, missing_cover: bool) -> Stated:
    return Stated(
        version=mark.version,
        engagement_id=mark.engagement_id,
        study_id=mark.study_id,
        spans_studies=mark.study_id is None,
        period_start=mark.period_start,
        cutoff_date=cutoff,
        about=mark.about,
        missing_cover=missing_cover,
    )


def _cutoff(cover: RawSheet) -> tuple[dt.date | None, list[Problem]]:
    """Return the cut-off date of the cover; one that cannot be read is a problem."""
    for number, row in enumerate(cover.frame.head(TITLE_ROWS).itertuples(index=False), start=1):
        cells = [cell for cell in row if cell is not None and str(cell).strip()]
        if not cells or str(cells[0]).strip().casefold() != CUTOFF_LABEL.casefold():
            continue
        value = cells[1] if len(cells) > 1 else None
        day = _day(value)
        if day is not None or value is None:
            return day, []
        return None, [
            Problem(
                "not-a-date",
                f"'{shorten(value)}' beside {CUTOFF_LABEL}, row {number}, cannot be read as a date."
                " Write it as 2026-10-31.",
                file=cover.file,
                sheet=cover.name,
                row=number,
                column=CUTOFF_LABEL,
                cell=address(1, number),
                value=shorten(value),
            )
        ]
    return None, []


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value).strip())
    except ValueError:
        return None


def _listing(sheet: RawSheet) -> tuple[RawSheet, list[Problem]]:
    """Return a sheet of rows without last month's columns and without untouched rows."""
    frame = sheet.frame
    grey = [place for place in frame.columns if _is_grey(frame[place])]
    frame = frame.copy() if grey else frame
    for place in grey:
        frame[place] = ""
    listing = BY_NAME.get(sheet.name.casefold())
    cleaned = replace(sheet, frame=frame, declared=listing.name if listing else "")
    return _without_untouched(cleaned, listing) if listing else (cleaned, [])


def _is_grey(cells: pd.Series) -> bool:
    titles = cells.head(TITLE_ROWS)
    return any(isinstance(cell, str) and cell.startswith(LAST_MONTH) for cell in titles)


def _without_untouched(sheet: RawSheet, listing: ListingType) -> tuple[RawSheet, list[Problem]]:
    naming = naming_columns(listing)
    header = find_header(sheet, listing) if naming else None
    if header is None:
        return sheet, []
    places = header.positions
    asked = [place for name, place in places.items() if name not in naming]
    below = sheet.frame.iloc[header.last + 1 :]
    odd = {row - 1 for row, place in (*sheet.odd.formulas, *sheet.odd.errors) if place in asked}
    named = ~_blank(below[[places[name] for name in naming if name in places]])
    untouched = below.index[_blank(below[asked]) & named].difference(list(odd))
    if untouched.empty:
        return sheet, []
    frame = sheet.frame.astype("object")
    frame.loc[untouched] = ""
    first = int(untouched[0])
    words = " ".join(str(below.at[first, places[name]]) for name in naming if name in places)
    problem = Problem(
        "nothing-entered",
        f"{len(untouched):,} rows of {listing.title.lower()} hold nothing beside what names them;"
        f" the first is row {first + 1} ({shorten(words)}). They were left out and count neither as"
        " zero nor as closed. Fill them in, delete them, or explain.",
        file=sheet.file,
        sheet=sheet.name,
        row=first + 1,
    )
    return replace(sheet, frame=frame), [problem]


def _blank(cells: pd.DataFrame) -> "pd.Series[bool]":
    return (cells.isna() | (cells == "")).all(axis=1)
