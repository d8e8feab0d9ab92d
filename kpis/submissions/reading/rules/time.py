"""Rules about dates that cannot be, or do not fit the cut-off."""

from kpis.submissions.reading.rules.rule import Rule, error, warning

RULES: tuple[Rule, ...] = (
    error(
        "closed-before-opened",
        "Closed before it was opened",
        "Correct one of the dates.",
    ),
    error(
        "answered-before-opened",
        "Answered before it was opened",
        "Correct one of the dates.",
    ),
    warning(
        "answered-without-date",
        "Answered, but without an answer date",
        "Add the date, or explain.",
    ),
    warning(
        "after-cutoff",
        "A date lies after the data cut-off",
        "Correct it, or explain.",
    ),
    warning(
        "reported-age",
        "The days reported do not fit the dates",
        "Correct the cut-off date or the days, or explain.",
    ),
    error(
        "dates-out-of-order",
        "A date lies before one that must come first",
        "Correct one of the dates.",
    ),
    warning(
        "extracted-before-cutoff",
        "The data were extracted before the period ended",
        "Send an extract made after the cut-off, or explain.",
    ),
    warning(
        "period-overlap",
        "Periods overlap",
        "Correct the periods, or explain.",
    ),
    warning(
        "period-gap",
        "Days between two periods are in no row",
        "Add them, or explain.",
    ),
    warning(
        "row-came-late",
        "Rows that are not new were not in the last file",
        "Explain, or restate the month before.",
    ),
)
