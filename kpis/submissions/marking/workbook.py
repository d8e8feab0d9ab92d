"""A workbook with cells filled and noted, and a list of all of it in front. Files in, file out.

Macros and links to other files are not carried over; the cells are as they were sent.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from kpis.submissions.marking.listing import list_marks, write_text
from kpis.submissions.marking.marks import Mark
from kpis.submissions.marking.stored_values import keep_stored_values
from kpis.submissions.reading.own_sheets import MEND_SHEET, is_mend_sheet

# Beyond so many, cells are listed in front and not marked one by one: notes make Excel slow.
MOST_CELLS = 5_000
AUTHOR = "Oversight"
# What counts most of what is said of a cell gives it its colour.
COLOURS = {
    "error": "FFF4B6AE",
    "comment": "FFC9DDF5",
    "warning": "FFFBE3A2",
    "correction": "FFDCE9D5",
}
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
CELL = re.compile(r"[A-Z]+[0-9]+")
Progress = Callable[[str, float], None]


def mark_workbook(
    source: Path, target: Path, marks: Sequence[Mark], *, name: str, progress: Progress
) -> int:
    """Write the workbook at `source`, marked, to `target`; return how many cells are marked."""
    progress("Opening the workbook", 0.1)
    workbook = openpyxl.load_workbook(source, keep_links=False)
    _clean(workbook)
    cells = _mark(workbook, target, marks, name, progress)
    keep_stored_values(source, target)
    return cells


def mark_table(
    rows: Sequence[Sequence[str]],
    target: Path,
    marks: Sequence[Mark],
    *,
    name: str,
    sheet: str,
    progress: Progress,
) -> int:
    """Write the rows of a CSV as a marked workbook, each cell as the text it is."""
    progress("Opening the file", 0.1)
    workbook = openpyxl.Workbook()
    only: Any = workbook.active
    only.title = NOT_IN_TITLES.sub(" ", sheet).strip("' ")[:31] or "Table"
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            if text:
                write_text(only.cell(number, place), text)
    return _mark(workbook, target, marks, name, progress, titles={sheet: only.title})


def _mark(
    workbook: Any,
    target: Path,
    marks: Sequence[Mark],
    name: str,
    progress: Progress,
    titles: dict[str, str] | None = None,
) -> int:
    progress("Marking the cells", 0.4)
    titles = titles or {sheet.title: sheet.title for sheet in workbook.worksheets}
    said: dict[tuple[str, str], list[Mark]] = {}
    for mark in marks:
        if mark.row is None or mark.sheet not in titles:
            continue
        at = _cell_of(workbook[titles[mark.sheet]], mark)
        if (titles[mark.sheet], at) in said or len(said) < MOST_CELLS:
            said.setdefault((titles[mark.sheet], at), []).append(mark)
    for (title, at), one in said.items():
        cell = workbook[title][at]
        cell.fill = _fill(one)
        cell.comment = _note(one, cell.comment)
    front = workbook.create_sheet(MEND_SHEET, 0)
    list_marks(front, marks, titles, name=name, most=MOST_CELLS)
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = sheet is front
    workbook.active = 0
    progress("Writing the workbook", 0.6)
    workbook.save(target)
    return len(said)


def _clean(workbook: Any) -> None:
    """Take off what an earlier marking left: the list in front, its fills and its notes."""
    for sheet in list(workbook.worksheets):
        if is_mend_sheet(sheet.title, sheet["A1"].value) and len(workbook.worksheets) > 1:
            workbook.remove(sheet)
            continue
        for cell in list(sheet._cells.values()):
            comment = getattr(cell, "comment", None)
            if comment is not None and comment.author == AUTHOR:
                cell.comment = None
                if cell.fill.fgColor.rgb in COLOURS.values():
                    cell.fill = PatternFill()


def _cell_of(sheet: Worksheet, mark: Mark) -> str:
    """Return the cell to mark: of a row its first, of a merged range the one that shows."""
    at = mark.at if CELL.fullmatch(mark.at) else f"A{mark.row}"
    if isinstance(sheet[at], MergedCell):
        for merged in sheet.merged_cells.ranges:
            if at in merged:
                return str(merged.coord).partition(":")[0]
    return at


def _fill(said: Sequence[Mark]) -> PatternFill:
    kinds = {mark.kind for mark in said}
    colour = next(colour for kind, colour in COLOURS.items() if kind in kinds)
    return PatternFill("solid", fgColor=colour)


def _note(said: Sequence[Mark], before: Comment | None) -> Comment:
    text = "\n".join(dict.fromkeys(f"{mark.words}: {mark.sentence}" for mark in said))
    author = AUTHOR
    if before is not None:  # the sender's own note stays, and is theirs
        text, author = f"{before.text}\n\n{text}", before.author
    note = Comment(ILLEGAL_CHARACTERS_RE.sub(" ", text), author)
    note.width, note.height = 320, 60 + 18 * min(12, len(text) // 45)
    return note
