"""Rules about what rows name: studies, sites, participants, and the same row twice."""

from kpis.submissions.reading.rules.rule import Rule, error, info, warning

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
    warning(
        "site-zeros",
        "The leading zeros of a site were lost",
        "Format the column as text, and send the file again.",
    ),
    error(
        "total-counted-as-site",
        "A total stands among the sites",
        "Take the row out.",
    ),
    warning(
        "site-renumbered",
        "A site seems to have a new number",
        "Have the site renamed, or explain.",
    ),
    warning(
        "site-two-investigators",
        "A site has two investigators",
        "Correct one of the rows, or explain.",
    ),
    warning(
        "participant-at-two-sites",
        "A participant stands under two sites",
        "Correct one of the rows, or explain.",
    ),
    warning(
        "study-name-variant",
        "The study is written in another way",
        "Have the name accepted for the study, or explain.",
    ),
    warning(
        "other-vendor",
        "The file names another service provider",
        "Send your own file, or explain.",
    ),
    info(
        "country-spelling",
        "A country is written in several ways",
        "Nothing to do: they are counted as one.",
    ),
)
