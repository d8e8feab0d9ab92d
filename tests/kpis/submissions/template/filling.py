"""Filling a template in with made-up values, as a person would, and reading it as we do."""

import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from kpis.engine.tables import Column, ListingType
from kpis.submissions.reading import IntakeLimits, ReadResult, SourceFile, read_submission
from kpis.submissions.template.build import build_template
from kpis.submissions.template.facts import TemplateFacts
from kpis.submissions.template.mark import CUTOFF_LABEL, LAST_MONTH, sheet_name
from kpis.submissions.template.sheets import HEADER_ROW
from kpis.submissions.template.words import choice_word

CUTOFF = date(2026, 10, 31)


def value_of(column: Column, number: int) -> object:
    """Return what stands in a column of the row of that number, as it is read."""
    if column.name == "study":
        return "NWT-301"
    if column.name == "site":
        return ("001", "002", "NA-3")[number % 3]
    if column.kind == "choice":
        return column.choices[number % len(column.choices)].value
    if column.kind == "integer":
        return 7 + number
    if column.kind == "number":
        return 12.5 + number
    if column.kind in {"date", "datetime"}:
        return pd.Timestamp(2026, 10, 3 + number)
    return f"0{number}7 {column.name}"


def made_up(listing: ListingType, count: int = 3) -> list[dict[str, object]]:
    """Return rows with a value in every column."""
    return [
        {column.name: value_of(column, number) for column in listing.columns}
        for number in range(count)
    ]


def fill(workbook: Any, listing: ListingType, rows: list[dict[str, object]]) -> None:
    """Type the rows in, under the titles of the sheet, over what was pre-filled."""
    sheet = workbook[sheet_name(listing)]
    places = {
        cell.value: cell.column
        for cell in sheet[HEADER_ROW]
        if cell.value and not cell.value.startswith(LAST_MONTH)
    }
    for offset, row in enumerate(rows, start=1):
        for column in listing.columns:
            value = row[column.name]
            if column.kind == "choice":
                value = {one.value: choice_word(one) for one in column.choices}[str(value)]
            if isinstance(value, pd.Timestamp):
                value = value.to_pydatetime()
            sheet.cell(HEADER_ROW + offset, places[column.title], value)


def set_cutoff(workbook: Any, value: object) -> None:
    """Write the cut-off date on the cover."""
    cover = workbook["Cover"]
    row = next(cell.row for cell in cover["A"] if cell.value == CUTOFF_LABEL)
    cover.cell(row, 2).value = value


def open_template(made: TemplateFacts) -> Any:
    """Return the template to be filled in."""
    return openpyxl.load_workbook(io.BytesIO(build_template(made)))


def read(workbook: Any, folder: Path, *listings: str) -> ReadResult:
    """Save the workbook and read it as a submission in which these listings are due."""
    path = folder / "filled.xlsx"
    workbook.save(path)
    return read_submission(
        [SourceFile(path, path.name)],
        listings=list(listings),
        limits=IntakeLimits(),
        progress=lambda step, share: None,
    )


def filled(
    made: TemplateFacts,
    folder: Path,
    rows: Mapping[ListingType, list[dict[str, object]]],
    change: Callable[[Any], object] = lambda workbook: None,
) -> ReadResult:
    """Fill rows in, change the workbook otherwise, and read it."""
    workbook = open_template(made)
    for listing, typed in rows.items():
        fill(workbook, listing, typed)
    set_cutoff(workbook, CUTOFF)
    change(workbook)
    return read(workbook, folder, *made.listings)


def values(result: ReadResult, listing: ListingType) -> list[dict[str, object]]:
    """Return what was read of a listing, without where it stood."""
    names = [column.name for column in listing.columns]
    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in result.tables[listing.name][names].to_dict("records")
    ]
