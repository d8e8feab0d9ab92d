"""Rules about figures that may be true and rarely are."""

from kpis.submissions.reading.rules.rule import Rule, warning

RULES: tuple[Rule, ...] = (
    warning(
        "same-as-last-month",
        "The listing is the one of last month",
        "Send this month's, or say that nothing changed.",
    ),
    warning(
        "all-zero",
        "A count is zero in every row",
        "Correct it, or say that nothing happened.",
    ),
    warning(
        "round-numbers",
        "All numbers are round",
        "Send what was counted, or explain.",
    ),
    warning(
        "exactly-at-limit",
        "Values pile up on one figure",
        "Say whether it is what was measured, or correct it.",
    ),
    warning(
        "tenfold-jump",
        "A figure is tenfold, or a tenth, of last month's",
        "Correct it, or explain.",
    ),
    warning(
        "site-jump",
        "A site changed by far more than the others",
        "Correct it, or explain.",
    ),
    warning(
        "unit-changed",
        "The unit may have changed since last month",
        "Correct it, or explain.",
    ),
)
