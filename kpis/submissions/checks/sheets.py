"""Rules about whole sheets: merged cells, sheets that were not used, days from 1904."""

from kpis.submissions.checks.context import CheckContext
from kpis.submissions.reading.outcome import ReadResult, SheetSummary
from kpis.submissions.reading.problems import Problem, address
from kpis.submissions.reading.raw import RawSheet


def check_sheets(result: ReadResult, context: CheckContext) -> list[Problem]:
    """Return what is remarkable about sheets as such, used or not."""
    raw = {(sheet.file, sheet.name): sheet for sheet in result.raw}
    found: list[Problem] = []
    for summary in result.sheets:
        sheet = raw.get((summary.file, summary.sheet))
        if not summary.used:
            found.append(_not_used(summary, context))
        elif sheet is not None:
            found += _merged(sheet, summary)
    return found + _epochs(result)


def _not_used(summary: SheetSummary, context: CheckContext) -> Problem:
    rule = "sheet-not-used"
    if summary.listing and context.due and summary.listing not in context.due:
        rule = "listing-not-due"
    return Problem(
        rule,
        f"The sheet was not used: {summary.reason.removeprefix('not used: ')}.",
        file=summary.file,
        sheet=summary.sheet,
    )


def _merged(sheet: RawSheet, summary: SheetSummary) -> list[Problem]:
    """Return a warning for each range below the header that stretches over several rows."""
    header = summary.header_row or 0
    used = {position for position, _ in summary.titles.values()}
    found = []
    for (top, left), (bottom, right) in sheet.merged:
        if top < header or bottom == top or not used & set(range(left, right + 1)):
            continue
        cells = f"{address(left, top + 1)}:{address(right, bottom + 1)}"
        found.append(
            Problem(
                "merged-cells",
                f"The cells {cells} are merged: only the first row has the value, the other"
                f" {bottom - top:,} read as blank. Undo the merging, or explain.",
                file=sheet.file,
                sheet=sheet.name,
                row=top + 1,
                cell=address(left, top + 1),
                value=cells,
            )
        )
    return found


def _epochs(result: ReadResult) -> list[Problem]:
    files = sorted({sheet.file for sheet in result.raw if sheet.epoch_1904})
    return [
        Problem(
            "dates-1904",
            "The workbook counts days from 1904, as Excel for Mac once did, and was read so. Look"
            " whether a date is right: the other way gives four years and a day more or less.",
            file=file,
        )
        for file in files
    ]
