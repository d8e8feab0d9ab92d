"""The sheet in front of a marked workbook: everything that is said, with a link to each cell."""

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.hyperlink import Hyperlink

from kpis.submissions.marking.marks import Mark
from kpis.submissions.reading.own_sheets import MEND_WORDS

MOST_LINES = 50_000
WIDTHS = {"A": 26, "B": 34, "C": 12, "D": 100}
HEADER = ("What", "Sheet", "Cell", "What it is about")


def list_marks(
    front: Any, marks: Sequence[Mark], titles: Mapping[str, str], *, name: str, most: int
) -> None:
    """Write the list; `titles` gives the sheets of the workbook by the names in the marks."""
    write_text(front["A1"], f"{MEND_WORDS}{name}").font = Font(bold=True, size=14)
    write_text(
        front["A2"],
        "Mend the marked cells in the sheets behind this one, save, and send this workbook as it "
        "is. This sheet, the colours and the notes are not read. Macros and links to other files "
        "were left out.",
    )
    if sum(mark.row is not None for mark in marks) > most:
        text = f"The first {most:,} cells are marked; all are listed here."
        if len(marks) > MOST_LINES:
            text = f"The first {most:,} cells are marked and the first {MOST_LINES:,} listed."
        write_text(front["A3"], text)
    for place, word in enumerate(HEADER, start=1):
        write_text(front.cell(4, place), word).font = Font(bold=True)
    for number, mark in enumerate(marks[:MOST_LINES], start=5):
        words = (mark.words, mark.sheet, mark.at, mark.sentence)
        for place, text in enumerate(words, start=1):
            write_text(front.cell(number, place), text)
        front.cell(number, 4).alignment = Alignment(wrap_text=True, vertical="top")
        if mark.row is not None and mark.sheet in titles:
            at = mark.at if not mark.at.isdigit() else f"A{mark.row}"
            sheet = titles[mark.sheet].replace("'", "''")
            link = front.cell(number, 3)
            link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{sheet}'!{at}")
            link.font = Font(underline="single", color="FF1F5FA8")
    for letter, width in WIDTHS.items():
        front.column_dimensions[letter].width = width
    front.freeze_panes = "A5"


def write_text(cell: Any, text: str) -> Any:
    """Write text as text, whatever it begins with: no formula, no error value; return the cell."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", text)
    cell.data_type = "s"
    return cell
