"""What can be wrong with a submission: one rule per class of error, and one found problem.

Sentences are written where a problem is found; rules say what the class means and what to do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

VALUE_LENGTH = 80


class Severity(StrEnum):
    """An error blocks, a warning needs an explanation, an info passes."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Rule:
    """One class of problem: its name, what it means, what the sender does about it."""

    slug: str
    title: str
    advice: str
    severity: Severity


@dataclass(frozen=True)
class Problem:
    """One finding. `file` is the index in the submission, `row` is 1-based, `cell` is A1."""

    rule: str
    sentence: str
    file: int | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    cell: str | None = None
    value: str | None = None

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise ValueError(f"There is no rule called {self.rule!r}.")

    @property
    def severity(self) -> Severity:
        """The severity of the rule."""
        return RULES[self.rule].severity

    @property
    def advice(self) -> str:
        """What to do about it, from the rule."""
        return RULES[self.rule].advice


def shorten(value: object) -> str:
    """Return `value` as one line of at most 80 characters."""
    text = " ".join(str(value).split())
    return text if len(text) <= VALUE_LENGTH else text[: VALUE_LENGTH - 1] + "…"


def column_letters(position: int) -> str:
    """Return the letters of the column at `position`, counted from 0."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(position: int, row: int) -> str:
    """Return the A1 address of a cell: column counted from 0, row from 1."""
    return f"{column_letters(position)}{row}"


def has_errors(problems: Sequence[Problem]) -> bool:
    """Tell whether any of the problems blocks."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def _table(severity: Severity, rows: Sequence[tuple[str, str, str]]) -> dict[str, Rule]:
    return {slug: Rule(slug, title, advice, severity) for slug, title, advice in rows}


RULES: dict[str, Rule] = {
    **_table(
        Severity.ERROR,
        [
            (
                "check-failed",
                "The check itself failed",
                "Nothing is lost. Send the file again; if that does not help, tell the sponsor.",
            ),
            ("file-empty", "The file is empty", "Export the report again and send that file."),
            ("file-too-large", "The file is too large", "Send the report alone, or split it."),
            ("file-unreadable", "The file cannot be read", "Open it in Excel and save it again."),
            ("file-truncated", "The file is incomplete", "Send it again after a full download."),
            ("file-kind", "Not a workbook and not a CSV", "Send .xlsx or .csv."),
            (
                "file-password",
                "The file is protected by a password",
                "Save a copy without password and send that.",
            ),
            ("file-old-excel", "Old Excel format", "Save it as .xlsx in Excel and send that."),
            (
                "file-bomb",
                "The file unpacks to far more than it should",
                "Save the report into a new workbook and send that.",
            ),
            (
                "file-xml",
                "The workbook contains XML that is not allowed",
                "Save the report into a new workbook with Excel and send that.",
            ),
            (
                "text-damaged",
                "The text of the file is damaged",
                "Export the report again as CSV UTF-8.",
            ),
            (
                "row-too-long",
                "A row has more cells than there are columns",
                "Put values that contain the separator into quotes.",
            ),
            (
                "no-listing",
                "The listing asked for was not found",
                "Send the report with its header row unchanged.",
            ),
            ("missing-column", "A column is missing", "Add the column to the report."),
            ("misspelt-column", "A column name is not known", "Correct the name of the column."),
            (
                "doubled-column",
                "Two columns have the same name",
                "Remove or rename one of the two columns.",
            ),
            (
                "formula-without-value",
                "A formula has no stored value",
                "Open the file in Excel, let it calculate, save it, and send it again.",
            ),
            ("error-cell", "A cell holds an Excel error", "Repair the formula or type the value."),
            ("blank-required", "A required cell is blank", "Fill the cell in."),
            ("not-a-date", "A date cannot be read", "Write the date as 2025-09-03."),
            (
                "date-order-mixed",
                "Day and month change places within a column",
                "Write all dates of the column as 2025-09-03.",
            ),
            ("not-a-number", "A number cannot be read", "Write the number in digits."),
            ("unknown-choice", "A value is not one of those known", "Use one of the words listed."),
            ("duplicate-key", "A row is listed twice", "Remove one of the two rows."),
            ("closed-before-opened", "Closed before it was opened", "Correct one of the dates."),
            (
                "answered-before-opened",
                "Answered before it was opened",
                "Correct one of the dates.",
            ),
            (
                "study-not-named",
                "A row does not say which study it belongs to",
                "Add a study column: this submission spans several studies.",
            ),
            ("other-study", "The file names another study", "Send the file of this study."),
            (
                "participant-without-site",
                "A participant's site is not known",
                "Add the participant to the subject list, or the site to the report.",
            ),
        ],
    ),
    **_table(
        Severity.WARNING,
        [
            (
                "listing-not-sent",
                "A listing that is due is not in the files",
                "Add the file that holds it, or explain; its KPIs will be missing.",
            ),
            ("unknown-site", "The site is not known", "Have the site added, or explain."),
            (
                "unknown-participant",
                "Participants are not in the subject list",
                "Complete the subject list, or explain.",
            ),
            (
                "repeated-rows",
                "Rows repeat other rows exactly",
                "Send the listing with its own numbers, or explain.",
            ),
            ("after-cutoff", "A date lies after the data cut-off", "Correct it, or explain."),
            (
                "answered-without-date",
                "Answered, but without an answer date",
                "Add the date, or explain.",
            ),
            (
                "reported-age",
                "The days reported do not fit the dates",
                "Correct the cut-off date or the days, or explain.",
            ),
            ("no-rows", "The listing has no rows", "Confirm that there is nothing to report."),
            (
                "missing-key-column",
                "A column that tells rows apart is missing",
                "Add the column, or explain.",
            ),
            (
                "perhaps-column",
                "A column name is close to one we know",
                "Correct the name, or explain that it is another column.",
            ),
            (
                "two-columns-one-meaning",
                "Two columns seem to mean the same",
                "Say which one is right, or remove one.",
            ),
            (
                "date-left-out",
                "A date cannot be read and was left out",
                "Correct it in the system it comes from, or explain.",
            ),
            (
                "date-order-unclear",
                "Day and month cannot be told apart",
                "Write dates as 2025-09-03, or confirm that the day comes first.",
            ),
        ],
    ),
    **_table(
        Severity.INFO,
        [
            ("several-dates", "A cell stands for several dates", "Nothing to do: it has no date."),
            ("totals-row", "A totals row was left out", "Nothing to do."),
            ("note-row", "A row with a note was left out", "Nothing to do."),
            ("repeated-header", "A repeated header row was left out", "Nothing to do."),
            ("sheet-not-used", "A sheet was not used", "Nothing to do."),
            ("repeated-column", "A column was there twice", "Nothing to do: both are equal."),
            ("columns-not-used", "Some columns were not used", "Nothing to do."),
            ("macros", "The workbook carries macros", "Nothing to do: macros are never run."),
            (
                "external-links",
                "The workbook links to other files",
                "Nothing to do: links are never followed.",
            ),
            ("encoding", "The text is in an older encoding", "Nothing to do if names look right."),
            ("serial-dates", "Dates stand as day numbers", "Nothing to do if the dates are right."),
        ],
    ),
}
