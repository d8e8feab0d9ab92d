"""Rules about what rows name: studies, sites, participants, and the same row twice."""

from kpis.submissions.reading.rules.rule import Rule, error, warning

RULES: tuple[Rule, ...] = (
    error(
        "duplicate-key",
        "A row is listed twice",
        "Remove one of the two rows.",
    ),
    warning(
        "repeated-rows",
        "Rows repeat other rows exactly",
        "Send the listing with its own numbers, or explain.",
    ),
    error(
        "study-not-named",
        "A row does not say which study it belongs to",
        "Add a study column: this submission spans several studies.",
    ),
    error(
        "other-study",
        "The file names another study",
        "Send the file of this study.",
    ),
    warning(
        "unknown-site",
        "The site is not known",
        "Have the site added, or explain.",
    ),
    error(
        "participant-without-site",
        "A participant's site is not known",
        "Add the participant to the subject list, or the site to the report.",
    ),
    warning(
        "unknown-participant",
        "Participants are not in the subject list",
        "Complete the subject list, or explain.",
    ),
)
