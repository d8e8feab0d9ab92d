"""Reading a list's file that somebody sends back: CSV or a workbook, as text, within limits.

A workbook is read row by row with openpyxl and not with the faster reader of the intake: a sheet
that claims to reach to its last cell would make that one lay out all of it in memory.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from vendors.register.cells import as_typed, text_of

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 60
CHUNK = 1024 * 1024


class UnreadableFile(Exception):
    """The file cannot be read; the sentence says what to do."""


@dataclass(frozen=True)
class FileRow:
    """One row: its number in the file (the headings are row 1), its cells by heading."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The rows of a file that hold anything."""

    headings: tuple[str, ...]
    rows: tuple[FileRow, ...]

    def address(self, row: int, heading: str) -> str:
        """Return where a cell stands, as spreadsheets name it."""
        if heading not in self.headings:
            return f"row {row}"
        return f"{get_column_letter(self.headings.index(heading) + 1)}{row}"


def read_table(name: str, content: bytes) -> Table:
    """Return what a file holds. Raises UnreadableFile."""
    if len(content) > MOST_BYTES:
        raise UnreadableFile("The file is larger than 5 MB. Send fewer rows at a time.")
    if content.startswith(b"PK"):
        return _table(_of_workbook(content))
    if name.lower().endswith((".xls", ".xlsb", ".ods", ".numbers")):
        raise UnreadableFile("Save the file as an Excel workbook (.xlsx) or as CSV, and send that.")
    return _table(_of_csv(content))


def _table(lines: Iterable[list[str]]) -> Table:
    found = iter(lines)
    headings = tuple(next(found, []))
    while headings and not headings[-1]:
        headings = headings[:-1]
    named = [heading for heading in headings if heading]
    if not named:
        raise UnreadableFile("The first row is empty. It must hold the headings of the columns.")
    for heading in named:
        if named.count(heading) > 1:
            raise UnreadableFile(f"The column {heading} is there twice. Leave one of them out.")
    rows = []
    for number, line in enumerate(found, start=2):
        cells = {head: text for head, text in zip(headings, line, strict=False) if head}
        if any(cells.values()):
            rows.append(FileRow(number, cells))
        if len(rows) > MOST_ROWS:
            raise UnreadableFile(
                f"The file has more than {MOST_ROWS:,} rows. Send fewer at a time."
            )
    return Table(headings, tuple(rows))


def _of_csv(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(
            "The file is not in UTF-8. Save it as “CSV UTF-8” or as an Excel workbook (.xlsx)."
        ) from None
    if "\x00" in text:
        raise UnreadableFile("This is neither CSV nor an Excel workbook (.xlsx).")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield [text_of(as_typed(cell)) for cell in line[:MOST_COLUMNS]]
    except csv.Error as error:
        raise UnreadableFile(
            "The file is not well-formed CSV: a quotation mark does not end. Save it again from "
            "your spreadsheet, or send the workbook (.xlsx)."
        ) from error


def _of_workbook(content: bytes) -> Iterator[list[str]]:
    damaged = UnreadableFile(
        "The workbook cannot be read. Open it in your spreadsheet, save it as .xlsx, send that."
    )
    try:
        _check_unpacked(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        if not book.worksheets:
            raise damaged
        reach: dict[str, Any] = {"max_row": MOST_ROWS + 100, "max_col": MOST_COLUMNS}
        for line in book.worksheets[0].iter_rows(min_row=1, values_only=True, **reach):
            yield [text_of(value) for value in line]
        book.close()
    except UnreadableFile:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part leads it to
        raise damaged from error


def _check_unpacked(content: bytes) -> None:
    """Refuse a workbook that unpacks to more than the limit, whatever its headers say."""
    total = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            with archive.open(member) as stream:
                while piece := stream.read(CHUNK):
                    total += len(piece)
                    if total > MOST_UNPACKED:
                        raise UnreadableFile("The workbook unpacks to more than 100 MB.")
