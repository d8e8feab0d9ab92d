"""What the title of a column says about whom it is about."""

import re
from dataclasses import dataclass

from kpis.submissions.checks.personal.words import (
    BIRTH_TITLES,
    FREE_TEXT,
    NAME_TITLES,
    PEOPLE,
    PHONE_TITLES,
    STAFF,
)
from kpis.submissions.reading.headers import squeeze
from kpis.submissions.reading.outcome import SheetSummary
from kpis.submissions.reading.problems import column_letters, shorten
from kpis.submissions.reading.raw import RawSheet

SEARCHED = 12  # rows in which the header of a sheet of no listing is looked for


@dataclass(frozen=True)
class ColumnWords:
    """What a column is about: `staff` may be named, `people` are participants, `free` is text.

    `says` names the rule that every filled cell breaks by the title alone.
    """

    title: str
    staff: bool
    people: bool
    free: bool
    says: str


def header_row(sheet: RawSheet, summary: SheetSummary | None) -> int:
    """Return the number of rows down to the header; for other sheets the fullest of the first."""
    if summary is not None and summary.header_row is not None:
        return summary.header_row
    top = sheet.frame.head(SEARCHED)
    if top.empty:
        return 0
    rows = top.to_numpy(dtype=object).tolist()
    words = [sum(type(cell) is str and bool(cell.strip()) for cell in row) for row in rows]
    return words.index(max(words)) + 1


def words_of(sheet: RawSheet, position: int, top: int, meant_for_people: bool) -> ColumnWords:
    """Return what the title of the column says, from the header row and those above it."""
    cells = sheet.frame[position].iloc[max(0, top - 3) : top].tolist()
    titles = [cell for cell in cells if type(cell) is str and cell.strip()]
    title = shorten(titles[-1]) if titles else f"Column {column_letters(position)}"
    words = set(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", title).lower()))
    squeezed = squeeze(title)
    staff = meant_for_people or bool(words & STAFF)
    people = bool(words & PEOPLE)
    return ColumnWords(
        title=title,
        staff=staff,
        people=people,
        free=bool(words & FREE_TEXT),
        says="" if staff else _says(words, squeezed, people),
    )


def _says(words: set[str], squeezed: str, people: bool) -> str:
    bare = squeezed
    for word in ("subject", "patient", "participant", "subj"):
        bare = bare.replace(word, "")
    if bare in BIRTH_TITLES or "dateofbirth" in squeezed:
        return "personal-birth-date"
    if "initials" in words:
        return "personal-initials"
    if bare in NAME_TITLES:
        return "personal-name"
    if people and (bare in PHONE_TITLES or "email" in squeezed):
        return "personal-email" if "email" in squeezed else "personal-phone"
    return ""
