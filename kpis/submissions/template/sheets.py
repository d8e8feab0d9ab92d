"""The sheet of one listing: titles, hints, drop-downs, known rows, and last month in grey."""

from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kpis.engine.tables import Column
from kpis.submissions.template.facts import TemplateFacts
from kpis.submissions.template.lists import Lists
from kpis.submissions.template.mark import LAST_MONTH
from kpis.submissions.template.plan import SheetPlan, plan_sheet
from kpis.submissions.template.styles import (
    BOLD,
    BOX,
    ENTRY,
    FORMATS,
    HEADER,
    HINT,
    NAMED,
    PALE,
    PALE_BOLD,
    PLAIN,
    TITLE,
    UNDER,
    WRAPPED,
    put,
)
from kpis.submissions.template.words import choice_word, hint_of, prompt_of

HEADER_ROW = 4
LAST_ROW = 1_048_576
LETTERS_PER_WIDTH = 1.15


def write_listing(sheet: Worksheet, listing: Any, facts: TemplateFacts, lists: Lists) -> None:
    """Fill the sheet of a listing."""
    plan = plan_sheet(listing, facts)
    needs = facts.needs(listing.name)
    put(sheet["A1"], f"{listing.title} · {facts.about}", font=TITLE)
    put(sheet["A2"], listing.why, font=HINT)
    for place, column in enumerate(plan.columns, start=1):
        named = place <= plan.named
        _head(sheet, place, column, named=named)
        _body(sheet, place, column)
        rule = _rule(column, lists.for_column(column, facts))
        rule.promptTitle = column.title[:32]
        rule.prompt = prompt_of(column, listing, needs)
        sheet.add_data_validation(rule)
        rule.add(f"{get_column_letter(place)}{HEADER_ROW + 1}:{get_column_letter(place)}{LAST_ROW}")
    sheet.row_dimensions[HEADER_ROW - 1].height = 26
    sheet.row_dimensions[HEADER_ROW].height = 32
    _rows(sheet, plan)
    if plan.shows_last_month:
        _last_month(sheet, plan, facts)
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, min(plan.named, 4) + 1)
    _for_print(sheet, facts)


def _head(sheet: Worksheet, place: int, column: Column, *, named: bool) -> None:
    put(sheet.cell(HEADER_ROW - 1, place), hint_of(column), font=HINT, alignment=WRAPPED)
    fill = NAMED if named else HEADER
    put(
        sheet.cell(HEADER_ROW, place),
        column.title,
        font=BOLD if column.required else PLAIN,
        fill=fill,
        border=BOX,
        alignment=WRAPPED,
    )


def _body(sheet: Worksheet, place: int, column: Column) -> None:
    """Give the whole column its form, so that rows to be added have it too."""
    dimension = sheet.column_dimensions[get_column_letter(place)]
    dimension.width = max(13.0, min(len(column.title), 30) * LETTERS_PER_WIDTH)
    dimension.number_format = FORMATS[column.kind]
    dimension.font = PLAIN


def _rule(column: Column, words: str) -> DataValidation:
    """Return what Excel and LibreOffice check while somebody types. Pasted cells we check."""
    if words:
        rule = DataValidation(type="list", formula1=words)
        rule.error = "Choose a word from the list."
        if column.kind != "choice":
            rule.error = "This is not on the list of those known. Is it new?"
    elif column.kind in {"date", "datetime"}:
        rule = DataValidation(type="date", operator="greaterThan", formula1="0")
        rule.error = "Write a date, as 2026-10-31."
    elif column.kind == "integer":
        rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="-1000000000")
        rule.error = "Write a whole number."
    elif column.kind == "number":
        rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="-1E+15")
        rule.error = "Write a number."
    else:
        rule = DataValidation()
    rule.allow_blank = True
    rule.showInputMessage = True
    rule.showErrorMessage = bool(rule.error)
    rule.errorStyle = "warning"
    return rule


def _rows(sheet: Worksheet, plan: SheetPlan) -> None:
    for offset, row in enumerate(plan.rows, start=1):
        for place, column in enumerate(plan.columns, start=1):
            named = place <= plan.named
            put(
                sheet.cell(HEADER_ROW + offset, place),
                shown(row.get(column.name), column) if named else None,
                format=FORMATS[column.kind],
                fill=NAMED if named else ENTRY,
                border=UNDER,
            )


def _last_month(sheet: Worksheet, plan: SheetPlan, facts: TemplateFacts) -> None:
    """Write what was reported last month to the right, behind a narrow empty column."""
    gap = len(plan.columns) + 1
    sheet.column_dimensions[get_column_letter(gap)].width = 3
    words = f"Reported for {facts.last_period:%B %Y}; not read" if facts.last_period else ""
    put(sheet.cell(HEADER_ROW - 1, gap + 1), words, font=HINT)
    for place, column in enumerate(plan.columns[plan.named :], start=gap + 1):
        title = put(sheet.cell(HEADER_ROW, place), LAST_MONTH + column.title, font=PALE_BOLD)
        title.alignment, title.border = WRAPPED, UNDER
        sheet.column_dimensions[get_column_letter(place)].width = 14
        for offset, row in enumerate(plan.rows, start=1):
            value = shown(row.get(column.name), column)
            if value is not None:
                cell = sheet.cell(HEADER_ROW + offset, place)
                put(cell, value, font=PALE, format=FORMATS[column.kind])


def shown(value: object, column: Column) -> object:
    """Return a value as the sheet shows it: of a choice its word."""
    words = {choice.value: choice_word(choice) for choice in column.choices}
    return words.get(value, value) if isinstance(value, str) else value


def _for_print(sheet: Worksheet, facts: TemplateFacts) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.oddFooter.left.text = facts.about.replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"
