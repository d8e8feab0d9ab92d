"""Cells read as another value than the file holds, as a person corrected them in place.

Pure: raw sheets in, raw sheets out. The file itself stays as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.sheet_scan import OddCells, column_number


@dataclass(frozen=True)
class Correction:
    """One cell: the file's index, the sheet, the row from 1, the column's letters, and its text."""

    file: int
    sheet: str
    row: int
    column: str
    text: str

    @property
    def place(self) -> tuple[int, int]:
        """Return the place in the frame, both counted from 0."""
        return self.row - 1, column_number(self.column.encode()) - 1


def corrected(sheets: Sequence[RawSheet], corrections: Sequence[Correction]) -> list[RawSheet]:
    """Return the sheets with the corrections laid over; a cell outside a sheet is left out."""
    by_sheet: dict[tuple[int, str], list[Correction]] = {}
    for correction in corrections:
        by_sheet.setdefault((correction.file, correction.sheet), []).append(correction)
    return [
        _lay_over(sheet, by_sheet[sheet.file, sheet.name])
        if (sheet.file, sheet.name) in by_sheet
        else sheet
        for sheet in sheets
    ]


def _lay_over(sheet: RawSheet, corrections: Sequence[Correction]) -> RawSheet:
    frame = sheet.frame.copy()
    rows, columns = frame.shape
    laid = [one for one in corrections if one.place[0] < rows and one.place[1] < columns]
    for one in laid:
        frame.iat[one.place] = one.text
    mended = {(row + 1, column) for row, column in (one.place for one in laid)}
    odd = OddCells(
        formulas=sheet.odd.formulas - mended,
        errors={at: word for at, word in sheet.odd.errors.items() if at not in mended},
    )
    return replace(sheet, frame=frame, odd=odd)
