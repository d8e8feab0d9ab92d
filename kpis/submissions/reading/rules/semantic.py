"""Rules about what a word or figure of the file means; only the sender knows."""

from kpis.submissions.reading.rules.rule import Rule, info, warning

RULES: tuple[Rule, ...] = (
    warning(
        "business-days",
        "Days seem to be counted Monday to Friday",
        "Say that business days are meant, or send calendar days.",
    ),
    warning(
        "open-with-close-date",
        "Open rows have a close date",
        "Say whether resolved means answered or closed, or correct it.",
    ),
    info(
        "resolved-meaning",
        "'Resolved' may mean answered or closed",
        "Nothing to do if it means closed; it was read so.",
    ),
    warning(
        "plan-moved",
        "Planned dates moved since last month",
        "Say whether the plan was made anew, and send the original with it.",
    ),
    info(
        "mean-or-median",
        "A column holds means or medians",
        "Nothing to do: what is shown is computed from the rows.",
    ),
    info(
        "closed-sites-included",
        "Rows of closed sites are included",
        "Nothing to do if they belong; else leave them out.",
    ),
    info(
        "on-hold-included",
        "Rows that are on hold are included",
        "Nothing to do if they belong; else leave them out.",
    ),
    info(
        "complete-or-expected",
        "Completeness may be of all, or of what is expected to date",
        "Nothing to do if it is to date; else say so.",
    ),
)
