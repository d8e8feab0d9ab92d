"""Rules about personal data of participants; the value itself is never repeated."""

from kpis.submissions.reading.rules.rule import Rule, error

RULES: tuple[Rule, ...] = (
    error(
        "personal-initials",
        "Initials of a person",
        "Take them out of the file; the participant's number is enough.",
    ),
    error(
        "personal-birth-date",
        "A date of birth",
        "Take it out of the file; the participant's number is enough.",
    ),
    error(
        "personal-email",
        "An e-mail address",
        "Take it out of the file.",
    ),
    error(
        "personal-phone",
        "A telephone number",
        "Take it out of the file.",
    ),
    error(
        "personal-name",
        "The name of a person",
        "Take it out of the file; write the participant's number, or the role.",
    ),
)
