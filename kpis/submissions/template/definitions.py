"""The sheet that says why: every listing, every column, and the questions that need them."""

from openpyxl.worksheet.worksheet import Worksheet

from kpis.engine.tables import ListingType
from kpis.submissions.template.facts import TemplateFacts
from kpis.submissions.template.mark import DEFINITIONS
from kpis.submissions.template.styles import (
    BOLD,
    BOX,
    HEADER,
    HINT,
    PLAIN,
    TINY,
    TITLE,
    WRAPPED,
    put,
)
from kpis.submissions.template.words import choice_word, form_of, reason_of

TITLES = ("Column", "Must be there", "What stands in it", "Words to choose from", "Why it is asked")
WIDTHS = (30, 14, 30, 44, 90)
LINE_HEIGHT = 15.5  # points
SEMANTICS = {
    "stock": "List what exists at the data cut-off. A row that is absent is asked about, never"
    " taken as closed.",
    "ledger": "List everything that ever happened: the list only grows.",
}


def write_definitions(sheet: Worksheet, facts: TemplateFacts) -> None:
    """Fill the sheet."""
    put(sheet["A1"], "Why each number is needed", font=TITLE)
    row = 3
    for listing in facts.types:
        row = _section(sheet, row, listing, facts) + 2
    put(sheet.cell(row, 1), facts.mark.text(DEFINITIONS), font=TINY)
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDE"[place]].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _section(sheet: Worksheet, row: int, listing: ListingType, facts: TemplateFacts) -> int:
    """Write one listing from `row` on; return its last row."""
    needs = facts.needs(listing.name)
    put(sheet.cell(row, 1), f"About: {listing.title}", font=BOLD)
    put(sheet.cell(row + 1, 1), listing.why, font=PLAIN)
    put(sheet.cell(row + 2, 1), SEMANTICS[listing.semantics], font=HINT)
    row += 3
    for need in needs:
        put(sheet.cell(row, 1), f"{need.kpi} asks: {need.question}", font=HINT)
        row += 1
    for place, title in enumerate(TITLES, start=1):
        put(sheet.cell(row, place), title, font=BOLD, fill=HEADER, border=BOX)
    for column in listing.columns:
        row += 1
        words = ", ".join(choice_word(one) for one in column.choices)
        cells = (
            column.title,
            "yes" if column.required else "if known",
            form_of(column),
            words,
            reason_of(column, listing, needs),
        )
        for place, text in enumerate(cells, start=1):
            put(sheet.cell(row, place), text or None, border=BOX, alignment=WRAPPED)
        # Neither programme makes a row higher that no one has touched.
        sheet.row_dimensions[row].height = LINE_HEIGHT * max(map(_lines, cells, WIDTHS))
    return row


def _lines(text: str, width: int) -> int:
    """Return about how many lines a text takes in a column so wide."""
    return sum(1 + len(line) // width for line in (text or " ").splitlines())
