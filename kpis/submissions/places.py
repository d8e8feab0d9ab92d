"""Where in a submitted file something is said or corrected: a sheet, a row, a cell.

As a spreadsheet names it: rows from 1, columns by letter. Whether such a cell exists is asked where
the file is read.
"""

import re
from dataclasses import dataclass

from kpis.models import Check, SubmittedFile
from kpis.submissions.states import StepRefused

ADDRESS = re.compile(r"([A-Z]{1,3})?([1-9][0-9]{0,6})")


@dataclass(frozen=True)
class Place:
    """A sheet (no row), a row of it (no column), or a cell."""

    sheet: str
    row: int | None = None
    column: str = ""

    @property
    def at(self) -> str:
        """Return the address within the sheet: B5, 5, or nothing for all of it."""
        return f"{self.column}{self.row or ''}"

    @property
    def words(self) -> str:
        """Return what it is called in a sentence."""
        if self.row is None:
            return "the whole sheet"
        return f"cell {self.at}" if self.column else f"row {self.row}"


def place_of(sheet: str, at: str) -> Place:
    """Return the place that `at` names on `sheet`; raises StepRefused for what names none."""
    if not at.strip():
        return Place(sheet)
    found = ADDRESS.fullmatch(at.strip().upper())
    if found is None:
        raise StepRefused(f"“{at[:20]}” names no cell. Write a cell as B5, or a row as 5.")
    return Place(sheet, int(found[2]), found[1] or "")


def sheets_of(file: SubmittedFile, check: Check | None) -> tuple[str, ...]:
    """Return the sheets that `check` read in `file`, in their order; none if it did not read it."""
    if check is None or file.pk not in check.file_ids:
        return ()
    number = check.file_ids.index(file.pk)
    return tuple(sheet["sheet"] for sheet in check.sheets if sheet["file"] == number)


def refuse_elsewhere(file: SubmittedFile, sheet: str, check: Check | None) -> None:
    """Raise StepRefused unless the newest check read that sheet in that file."""
    if sheet not in sheets_of(file, check):
        raise StepRefused(
            f"{file.name} was replaced or has no sheet of that name. Reload the page and look at "
            "what stands there now."
        )
