"""Status marks and trend arrows: letter, shape and spoken name together, never colour alone."""

from dataclasses import dataclass
from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Mark:
    """How one status looks: `sign` is what is drawn, `name` what is spoken, `meaning` for a key."""

    css: str
    sign: str
    name: str
    meaning: str
    in_words: bool = False


MARKS = {
    "green": Mark("g", "G", "Green", "within limits"),
    "amber": Mark("a", "A", "Amber", "past amber limit"),
    "red": Mark("r", "R", "Red", "past red limit"),
    "insufficient": Mark("few", "·", "Too few to judge", "too few to judge"),
    "missing": Mark("missing", "∅", "Missing", "due and not there"),
    "unavailable": Mark("none", "no source", "No source yet", "no source yet", in_words=True),
    "not_applicable": Mark("na", "n/a", "Not applicable", "not applicable", in_words=True),
    "not_delegated": Mark("nd", "not delegated", "Not delegated", "not delegated", in_words=True),
}
ARROWS = {"up": ("↗", "rising"), "down": ("↘", "falling"), "flat": ("→", "steady")}


@cache
def mark_of(status: str) -> Mark:
    """Find the mark of a status; upper case and hyphens are the same. Refuses an unknown one."""
    try:
        return MARKS[str(status).lower().replace("-", "_")]
    except KeyError:
        raise ValueError(f"{status!r} is not a status; known are {', '.join(MARKS)}.") from None


@cache
def rag_html(status: str, *, small: bool = False) -> SafeString:
    """Draw the mark of a status with its accessible name."""
    mark = mark_of(status)
    if mark.in_words:
        return format_html('<span class="rag rag-{}">{}</span>', mark.css, mark.sign)
    return format_html(
        '<span class="rag rag-{}{}" role="img" aria-label="{}">{}</span>',
        mark.css,
        " rag-s" if small else "",
        mark.name,
        mark.sign,
    )


@cache
def trend_html(direction: str | None, *, worse: bool | None = None) -> SafeString:
    """Draw the direction of a value ("up", "down", "flat"); bold and spoken where it gets worse.

    No direction (one month only) draws nothing.
    """
    if not direction:
        return SafeString("")
    if direction not in ARROWS:
        raise ValueError(f"{direction!r} is not a direction; known are {', '.join(ARROWS)}.")
    arrow, word = ARROWS[direction]
    return format_html(
        '<span class="trend{}" aria-hidden="true">{}</span>'
        '<span class="visually-hidden"> {}{}</span>',
        " worse" if worse else "",
        arrow,
        word,
        ", getting worse" if worse else "",
    )
