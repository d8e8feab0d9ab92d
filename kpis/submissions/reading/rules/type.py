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
    error(
        "date-order-unclear",
        "Day and month cannot be told apart",
        "Say on the page of this layout which comes first, or write dates as 2025-09-03.",
    ),
    error(
        "number-unclear",
        "Decimals and thousands cannot be told apart",
        "Say on the page of this layout which sign begins the decimals.",
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
        "Use one of the words listed, or say on the page of this layout what it means.",
    ),
    warning(
        "error-left-out",
        "A cell holds an Excel error and was left out",
        "Repair the formula in the report, or explain.",
    ),
    warning(
        "choice-left-out",
        "A word is not known and was left out",
        "Use one of the words listed, or explain what the word means.",
    ),
    error(
        "placeholder",
        "A word stands where a value is needed",
        "Fill in the value; n/a, TBC and the like say nothing here.",
    ),
    error(
        "number-with-unit",
        "A number carries its unit",
        "Write the number alone, in the unit of the column.",
    ),
    warning(
        "day-month-swapped",
        "Day and month may have changed places",
        "Write dates as 2025-09-03, or explain.",
    ),
    info(
        "dates-1904",
        "The workbook counts days from 1904",
        "Nothing to do if the dates are right.",
    ),
    warning(
        "date-too-old",
        "A date lies before any running study",
        "Correct it, or explain.",
    ),
    warning(
        "percent-or-fraction",
        "Percent may be written as fractions",
        "Write all of them in percent, or explain.",
    ),
    warning(
        "currency-mix",
        "Amounts are in several currencies",
        "Give all in the currency of the agreement, or explain.",
    ),
)
