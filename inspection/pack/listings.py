"""Listings as files: rows → CSV and XLSX, byte for byte the same for the same rows.

CSV is UTF-8 with a byte-order mark (spreadsheets read it right), commas, CRLF; text that a
spreadsheet would run as a formula stands behind an apostrophe. In the workbook the same text stands
as it is, in cells that are text.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from inspection.audit_trail.export import harmless
from inspection.pack.rows import Cell, headings
from oversight.documents.workbook import cell_of, normalise

EMPTY = "No records"
MOST_ROWS = 1_000_000  # a sheet ends at 1,048,576
CUT = " … (the whole text is in the CSV file)"
WIDTHS = (10, 48)


@dataclass(frozen=True)
class Listing:
    """One section of the pack. `rows` is read once; `row_type` names the columns."""

    section: str
    name: str
    title: str
    row_type: type
    rows: Iterable[Any]
    basis: str
    note: str = ""

    @property
    def columns(self) -> dict[str, str]:
        """Return field name → heading, in order."""
        return headings(self.row_type)


@dataclass(frozen=True)
class Written:
    """A listing's files. `workbook` is None for more rows than a sheet holds."""

    rows: int
    csv: Path
    workbook: Path | None


def write(listing: Listing, folder: Path, *, stem: str) -> Written:
    """Write both files of a listing below `folder`; memory does not grow with the rows."""
    csv_path, xlsx_path = folder / f"{stem}.csv", folder / f"{stem}.xlsx"
    book = Workbook(write_only=True)
    sheet = book.create_sheet(listing.name[:31])
    columns = listing.columns
    _head(sheet, tuple(columns.values()))
    count = 0
    with csv_path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns.values())
        for row in _values(listing, columns):
            count += 1
            writer.writerow([_text(value) for value in row])
            if count <= MOST_ROWS:
                sheet.append([_cell(sheet, value) for value in row])
        if not count:
            writer.writerow([EMPTY])
            sheet.append([_cell(sheet, EMPTY)])
    with xlsx_path.open("wb") as target:
        book.save(target)
    if count > MOST_ROWS:
        xlsx_path.unlink()
        return Written(count, csv_path, None)
    normalise(xlsx_path)
    return Written(count, csv_path, xlsx_path)


def _values(listing: Listing, columns: dict[str, str]) -> Iterator[list[Cell]]:
    for row in listing.rows:
        yield [getattr(row, name) for name in columns]


def _head(sheet: Any, titles: tuple[str, ...]) -> None:
    sheet.freeze_panes = "A2"
    low, high = WIDTHS
    for place, title in enumerate(titles, start=1):
        width = min(max(len(title) + 4, low), high)
        sheet.column_dimensions[get_column_letter(place)].width = width
    head = [_cell(sheet, title) for title in titles]
    for cell in head:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.append(head)


def _text(value: Cell) -> str:
    """Return a value as CSV text: ISO dates, times in UTC, numbers as shortly as they are exact."""
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _cell(sheet: Any, value: Cell) -> Any:
    return cell_of(sheet, value, cut=CUT)
