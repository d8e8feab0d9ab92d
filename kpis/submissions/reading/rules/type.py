"""Rules about cells that are not what their column holds."""

from kpis.submissions.reading.rules.rule import Rule, error, info, warning

RULES: tuple[Rule, ...] = (
    error(
        "not-a-date",
        "A date cannot be read",
        "Write the date as 2025-09-03.",
    ),
    error(
        "date-order-mixed",
        "Day and month change places within a column",
        "Write all dates of the column as 2025-09-03.",
    ),
    warning(
        "date-order-unclear",
        "Day and month cannot be told apart",
        "Write dates as 2025-09-03, or confirm that the day comes first.",
    ),
    warning(
        "date-left-out",
        "A date cannot be read and was left out",
        "Correct it in the system it comes from, or explain.",
    ),
    info(
        "serial-dates",
        "Dates stand as day numbers",
        "Nothing to do if the dates are right.",
    ),
    info(
        "several-dates",
        "A cell stands for several dates",
        "Nothing to do: it has no date.",
    ),
    error(
        "not-a-number",
        "A number cannot be read",
        "Write the number in digits.",
    ),
    error(
        "unknown-choice",
        "A value is not one of those known",
        "Use one of the words listed.",
    ),
    warning(
        "choice-left-out",
        "A word is not known and was left out",
        "Use one of the words listed, or explain what the word means.",
    ),
    warning(
        "error-left-out",
        "A cell holds an Excel error and was left out",
        "Repair the formula in the report, or explain.",
    ),
)
