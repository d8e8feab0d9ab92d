"""What is said of a sheet that Excel shows otherwise than it is: hidden is read, and said."""

from kpis.submissions.reading.problems import Problem, column_letters
from kpis.submissions.reading.raw import RawSheet

NAMED = 10


def shown_problems(sheet: RawSheet) -> list[Problem]:
    """Return what is hidden in a sheet and what its formats say, at most one line of each."""
    shown = sheet.shown
    height, width = sheet.frame.shape
    rows = sorted(row for row in shown.hidden_rows if row <= height)
    columns = sorted(column for column in shown.hidden_columns if column < width)
    problems = []
    if shown.sheet_hidden:
        problems.append(_said(sheet, "hidden-sheet", "This sheet is hidden. It was read as well."))
    if rows:
        why = "by a filter" if shown.filtered else "from view"
        what = f"{len(rows):,} rows are" if len(rows) > 1 else "1 row is"
        were = "They were" if len(rows) > 1 else "It was"
        sentence = f"{what} hidden {why}, the first is row {rows[0]}. {were} read as well."
        problems.append(_said(sheet, "hidden-rows", sentence, row=rows[0]))
    if columns:
        named = _letters(columns)
        problems.append(
            _said(sheet, "hidden-columns", f"Hidden columns: {named}. They were read as well.")
        )
    if shown.percents:
        named = _letters(sorted(shown.percents))
        problems.append(
            _said(
                sheet,
                "percent-format",
                f"Cells of these columns are shown as percents and were read so: {named}.",
            )
        )
    return problems


def _letters(columns: list[int]) -> str:
    named = ", ".join(column_letters(place) for place in columns[:NAMED])
    return named + (f" and {len(columns) - NAMED:,} more" if len(columns) > NAMED else "")


def _said(sheet: RawSheet, rule: str, sentence: str, *, row: int | None = None) -> Problem:
    return Problem(rule, sentence, file=sheet.file, sheet=sheet.name, row=row)
