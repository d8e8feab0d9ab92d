"""What personal data look like inside a text. Each finder takes one text and says yes or no."""

import re
from collections.abc import Callable

from kpis.submissions.checks.personal.words import FIRST_NAMES, NO_SURNAME

DATE = r"(?:\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}|\d{1,2}[-/. ]?[A-Za-z]{3,9}[-/. ,]+\d{2,4})"
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(
    r"(?<![\w.])\+\d[\d ().-]{7,16}\d\b|\(\d{3}\) ?\d{3}[-. ]\d{4}\b"
    r"|\b(?:tel|phone|telephone|mobile|fax)\b[ .:#no]{0,6}\+?\d[\d ().-]{5,16}\d\b",
    re.IGNORECASE,
)
SPOKEN_PHONE = re.compile(r"(?<![\w-])\d{3}[-. ]\d{3}[-. ]\d{4}(?![\w-])")
BIRTH = re.compile(
    rf"\b(?:dob|d\.o\.b\.?|date of birth|birth ?date|birthday|born(?: on)?)\b\W{{0,4}}{DATE}",
    re.IGNORECASE,
)
INITIALS = re.compile(
    r"\b(?:[Ii]nitials?|INITIALS)(?: are| is)?\b[ :=(]{1,3}"
    r"[A-Z]\.?[ -]?[A-Z]\.?(?:[ -]?[A-Z]\.?)?(?![\w])"
    r"|\b(?:[Pp]atient|[Ss]ubject|[Pp]articipant|[Pp]t\.?) (?:[A-Z]\. ?){2,3}(?![\w])"
)
TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Mme|Herr|Frau|Monsieur|Madame|Señora|Señor|Dr|Prof)\.? "
    r"(?!The\b|And\b)[A-ZÀ-Þ][a-zß-ÿ'’]{2,}"
)
PAIR = re.compile(
    r"(?<![\w-])([A-ZÀ-Þ][a-zß-ÿ]+) (?:[A-Z]\.? )?([A-ZÀ-Þ][A-Za-zß-ÿ'’-]{2,})(?![\w])"
)
NAMED = re.compile(
    r"\b(?:patient|subject|participant|pt)(?:'s|’s)? name(?: is| was|:) ?"
    r"[A-ZÀ-Þ][a-zß-ÿ]+ [A-ZÀ-Þ]",
)
WHOLE_NAME = re.compile(
    r"([A-ZÀ-Þ][a-zß-ÿ'’]+(?:-[A-ZÀ-Þ][a-zß-ÿ]+)?),? ([A-ZÀ-Þ]\.? )?([A-ZÀ-Þ][a-zß-ÿ'’-]+)"
)
WHOLE_INITIALS = re.compile(r"(?:[A-Z]\.){2,3}|[A-Z]\.[A-Z]|[A-Z]-[A-Z](?:-[A-Z])?")

Finder = Callable[[str], bool]


def has_email(text: str) -> bool:
    """Tell whether the text holds an e-mail address."""
    return "@" in text and EMAIL.search(text) is not None


def has_phone(text: str) -> bool:
    """Tell whether the text holds a number that can only be a telephone's."""
    return PHONE.search(text) is not None


def has_spoken_phone(text: str) -> bool:
    """Tell whether a sentence holds a telephone number, also one that might be a code elsewhere."""
    return has_phone(text) or (" " in text and SPOKEN_PHONE.search(text) is not None)


def has_birth_date(text: str) -> bool:
    """Tell whether the text says when somebody was born."""
    return BIRTH.search(text) is not None


def has_initials(text: str) -> bool:
    """Tell whether the text gives the initials of a participant."""
    return INITIALS.search(text) is not None


def has_name(text: str) -> bool:
    """Tell whether a sentence names a person."""
    if TITLED.search(text) or NAMED.search(text):
        return True
    return any(
        first.casefold() in FIRST_NAMES and last.casefold() not in NO_SURNAME
        for first, last in PAIR.findall(text)
    )


def is_name(text: str) -> bool:
    """Tell whether a cell of a participant's column is nothing but a person's name."""
    found = WHOLE_NAME.fullmatch(text)
    if found is None or {found[1].casefold(), found[3].casefold()} & NO_SURNAME:
        return False
    return bool({found[1].casefold(), found[3].casefold()} & FIRST_NAMES)


def is_initials(text: str) -> bool:
    """Tell whether a cell of a participant's column is nothing but initials."""
    return WHOLE_INITIALS.fullmatch(text) is not None
