"""Rules about figures that contradict each other."""

from kpis.submissions.reading.rules.rule import Rule, error, warning

RULES: tuple[Rule, ...] = (
    error(
        "negative-number",
        "A number is below zero",
        "Correct it.",
    ),
    error(
        "percent-over-100",
        "A percentage is over 100",
        "Correct it.",
    ),
    error(
        "part-over-whole",
        "A part is more than its whole",
        "Correct one of the two.",
    ),
    warning(
        "parts-differ-from-total",
        "Parts do not add up to their total",
        "Correct one of them, or explain.",
    ),
    error(
        "balance-broken",
        "What was there, less what left, is more than what is there",
        "Correct one of them.",
    ),
    warning(
        "backlog-broken",
        "Last month's open rows do not lead to this month's",
        "Send the rows that are missing, or explain.",
    ),
    warning(
        "total-differs",
        "The total of the sheet is not the sum of its rows",
        "Correct the total or the rows, or explain.",
    ),
    warning(
        "sheets-differ",
        "Two sheets give different figures for the same thing",
        "Say which one is right, or correct the other.",
    ),
    warning(
        "cumulative-fell",
        "A count since the start is less than last month",
        "Correct it, or explain and restate the month before.",
    ),
    warning(
        "numerator-over-denominator",
        "A numerator is more than its denominator",
        "Correct one of the two, or explain.",
    ),
    warning(
        "opening-differs",
        "A month does not begin with what the one before ended with",
        "Correct one of the two, or explain.",
    ),
)
