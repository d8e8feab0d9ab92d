"""What a page needs to show how one sheet was read, so that a person can confirm or change it.

Sample values are few and short. Where a column may speak of a person, none is shown.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from kpis.engine.tables import ListingType
from kpis.submissions.reading.contents import sample
from kpis.submissions.reading.headers import Header
from kpis.submissions.reading.layout import Reading, titles_of
from kpis.submissions.reading.problems import Problem, shorten
from kpis.submissions.reading.profile import ColumnReading
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.storeys import ROWS_SEARCHED, squeeze, top_of
from kpis.submissions.reading.units import unit_read

SAMPLES = 3
SAMPLE_LENGTH = 40
WORDS_ASKED = 50
LEAST_TITLES = 3
PERSONAL = re.compile(
    "initials|birth|dob|mail|comment|remark|note|description|investigator|physician|doctor|user"
    "|phone|person|owner|name$"
)


@dataclass(frozen=True)
class SheetLayout:
    """Titles in the order of the file, where each column of ours stands, and what is open.

    `unclear` names columns whose dates or numbers may be read in two ways, `unknown` gives by
    column the words that are none of ours. `state` is "known" for a confirmed layout, "changed"
    for one that differs from a confirmed one, "ours" for titles that are our own, "unrecognised"
    for the likely header of a sheet that was taken for no listing, else "new".
    """

    titles: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    columns: Mapping[str, Mapping[str, Any]]
    state: str
    profile: int | None = None
    changes: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    unknown: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the layout as it is stored with a check."""
        return asdict(self)


def layout_of(
    sheet: RawSheet,
    header: Header,
    listing: ListingType,
    reading: Reading | None,
    problems: Sequence[Problem],
) -> SheetLayout:
    """Return how `sheet` was read; `problems` are those of its cells."""
    order = sorted(header.titles)
    titles = titles_of(header)
    unclear = _columns_of(
        problems, header, {"date-order-unclear", "date-order-mixed", "number-unclear"}
    )
    unknown = _unknown(problems, header)
    columns = {
        column.name: _reading(column.name, header, order, reading, listing).as_json()
        for column in listing.columns
    }
    return SheetLayout(
        titles=tuple(shorten(title) for title in titles),
        samples=tuple(_samples(sheet, header, place) for place in order),
        columns=columns,
        state=_state(titles, header, listing, reading, bool(unclear or unknown)),
        profile=reading.profile.key if reading else None,
        changes=reading.changes if reading else (),
        unclear=unclear,
        unknown=unknown,
    )


def guess_of(sheet: RawSheet) -> SheetLayout | None:
    """Return the likely header of a sheet that is no listing: the row with most words.

    None where no row has three different ones.
    """
    rows = [
        [(place, cell.strip()) for place, cell in enumerate(row) if isinstance(cell, str)]
        for row in top_of(sheet)[:ROWS_SEARCHED]
    ]
    different = [len({text for _, text in row if text}) for row in rows]
    if max(different, default=0) < LEAST_TITLES:
        return None
    first = different.index(max(different))
    titles = {place: text for place, text in rows[first] if text}
    header = Header(first=first, last=first, titles=titles, positions={})
    return SheetLayout(
        titles=tuple(shorten(title) for title in titles_of(header)),
        samples=tuple(_samples(sheet, header, place) for place in sorted(titles)),
        columns={},
        state="unrecognised",
    )


def _reading(
    name: str, header: Header, order: list[int], reading: Reading | None, listing: ListingType
) -> ColumnReading:
    position = header.positions.get(name)
    if position is None:
        return ColumnReading()
    confirmed = reading.columns.get(name) if reading else None
    title = header.titles[position]
    unit = unit_read(confirmed.unit if confirmed else "", title, listing.column(name))
    return ColumnReading(
        header=shorten(title),
        place=order.index(position),
        unit=unit,
        date_order=confirmed.date_order if confirmed else "",
        decimal_sign=confirmed.decimal_sign if confirmed else "",
        spellings=dict(confirmed.spellings) if confirmed else {},
    )


def _state(
    titles: Sequence[str],
    header: Header,
    listing: ListingType,
    reading: Reading | None,
    asks: bool,
) -> str:
    if reading is not None:
        return "changed" if reading.changes else "known"
    own = {squeeze(column.title): column.name for column in listing.columns}
    ours = all(squeeze(title) in own for title in titles)
    return "ours" if ours and not asks and not header.others else "new"


def _columns_of(problems: Sequence[Problem], header: Header, rules: set[str]) -> tuple[str, ...]:
    titles = {problem.column for problem in problems if problem.rule in rules}
    return tuple(
        name for name, place in header.positions.items() if shorten(header.titles[place]) in titles
    )


def _unknown(problems: Sequence[Problem], header: Header) -> dict[str, list[str]]:
    words: dict[str, dict[str, None]] = {}
    for problem in problems:
        if problem.rule in {"unknown-choice", "choice-left-out"} and problem.value:
            words.setdefault(problem.column or "", {})[problem.value] = None
    return {
        name: list(words[title])[:WORDS_ASKED]
        for name, place in header.positions.items()
        if (title := shorten(header.titles[place])) in words
    }


def _samples(sheet: RawSheet, header: Header, position: int) -> tuple[str, ...]:
    known = position in header.positions.values()
    if not known and PERSONAL.search(squeeze(header.titles[position])):
        return ()
    found: dict[str, None] = {}
    for cell in sample(sheet, header.last + 1, position):
        text = shorten(cell)
        if "@" not in text:
            found[text[:SAMPLE_LENGTH]] = None
        if len(found) == SAMPLES:
            break
    return tuple(found)
