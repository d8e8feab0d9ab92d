"""The first sheet: what the workbook is about, where its data come from, who answers for it."""

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kpis.submissions.template.facts import TemplateFacts
from kpis.submissions.template.mark import COVER, CUTOFF_LABEL
from kpis.submissions.template.styles import (
    BOLD,
    BOX,
    ENTRY,
    FORMATS,
    HEADER,
    HINT,
    TINY,
    TITLE,
    WRAPPED,
    put,
)

SOURCES = ("EDC", "CTMS", "eTMF", "Safety database", "IRT", "Resourcing", "Finance", "Other")
HOW_TO = (
    "Yellow cells are yours. Each listing has a sheet; a listing may also come as your own export,"
    " in this workbook or beside it.",
    "Rows that are known already stand there. What was reported last month stands in grey to the"
    " right and is not read: copy it over only where it still holds.",
    "A row in which nothing was entered is left out: it never counts as zero.",
    "Columns may be moved, and sheets that you do not need deleted. Keep the titles of columns.",
    "Why each number is needed stands on the sheet Definitions.",
)


def write_cover(sheet: Worksheet, facts: TemplateFacts) -> None:
    """Fill the cover."""
    put(sheet["A1"], f"Monthly metrics for {facts.sponsor}", font=TITLE)
    known = (
        ("Study", facts.study or ", ".join(facts.studies) or "all studies"),
        ("Protocol number", facts.study or "each row names its study"),
        ("CRO", facts.vendor),
        ("Engagement", facts.engagement),
        ("Reporting period", f"{facts.period_start:%B %Y}"),
        ("Due on", facts.due_on),
        ("Template version", facts.mark.version),
    )
    row = 3
    for label, value in known:
        put(sheet.cell(row, 1), label, font=BOLD)
        put(sheet.cell(row, 2), value, format="@" if isinstance(value, str) else FORMATS["date"])
        sheet.cell(row, 2).alignment = WRAPPED
        row += 1
    asked = (CUTOFF_LABEL, "Prepared by", "Prepared on", "QC'd by", "QC'd on")
    for label in (*asked, "Change since the last version"):
        put(sheet.cell(row, 1), label, font=BOLD)
        dated = label == CUTOFF_LABEL or label.endswith(" on")
        _entry(sheet, row, 2, FORMATS["date" if dated else "text"])
        if dated:
            _only_dates(sheet, f"B{row}", label, facts)
        row += 1
    row = _sources(sheet, row + 1)
    for line in HOW_TO:
        put(sheet.cell(row, 1), line, font=HINT)
        row += 1
    put(sheet.cell(row + 1, 1), facts.mark.text(COVER), font=TINY)
    for letter, width in zip("ABC", (34, 52, 26), strict=True):
        sheet.column_dimensions[letter].width = width


def _sources(sheet: Worksheet, row: int) -> int:
    """Write the table of data sources; return the row after it."""
    for place, title in enumerate(("Data source", "System and report", "Extracted at"), start=1):
        put(sheet.cell(row, place), title, font=BOLD, fill=HEADER, border=BOX)
    for offset, source in enumerate(SOURCES, start=1):
        put(sheet.cell(row + offset, 1), source, border=BOX)
        _entry(sheet, row + offset, 2, FORMATS["text"])
        _entry(sheet, row + offset, 3, FORMATS["datetime"])
    return row + len(SOURCES) + 2


def _entry(sheet: Worksheet, row: int, column: int, format: str) -> None:
    put(sheet.cell(row, column), None, format=format, fill=ENTRY, border=BOX, alignment=WRAPPED)


def _only_dates(sheet: Worksheet, place: str, label: str, facts: TemplateFacts) -> None:
    words = "Write it as 2026-10-31."
    if label == CUTOFF_LABEL:
        words = f"The last day that the data count, within {facts.period_start:%B %Y}. {words}"
    rule = DataValidation(
        type="date", operator="greaterThan", formula1="32874", allow_blank=True, sqref=place
    )
    rule.promptTitle, rule.prompt, rule.showInputMessage = label, words, True
    rule.errorTitle, rule.error, rule.errorStyle = "Not a date", words, "warning"
    rule.showErrorMessage = True
    sheet.add_data_validation(rule)
