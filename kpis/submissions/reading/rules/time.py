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
)
