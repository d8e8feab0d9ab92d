"""Which rows are the header of a sheet for one listing, and which column means what.

Works on the header words and never on data. Where a header may stand is in `storeys`.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kpis.engine.tables import ListingType
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.storeys import ObjectArray, Window, squeeze, top_of, windows

__all__ = [
    "Header",
    "best_header",
    "find_header",
    "foreign_title",
    "is_listing",
    "match",
    "placed",
    "ranks",
    "squeeze",
    "with_lower_storeys",
]

LOWER_STOREYS = 4
MANY_WORDS = 3  # a lower storey names several columns; a note or a total has fewer words


@dataclass(frozen=True)
class Header:
    """A found header: frame rows `first`..`last`, and positions by canonical column.

    `positions` holds the preferred position of each column, `others` further positions that
    mean the same, `unused` all named columns that mean nothing to this listing. `words` are the
    squeezed words by which each column was found.
    """

    first: int
    last: int
    titles: dict[int, str]
    positions: dict[str, int]
    others: dict[str, tuple[int, ...]] = field(default_factory=dict)
    unused: tuple[int, ...] = ()
    words: dict[str, str] = field(default_factory=dict)

    @property
    def row(self) -> int:
        """The spreadsheet row of the lowest storey."""
        return self.last + 1


def find_header(sheet: RawSheet, listing: ListingType) -> Header | None:
    """Return the rows that hold most of the listing's columns; None where there are none."""
    found = best_header(windows(sheet, ranks(listing).keys()), listing)
    return with_lower_storeys(found, sheet, listing) if found else None


def best_header(candidates: Iterable[Window], listing: ListingType) -> Header | None:
    """Return the match with most of the listing's columns, the first of several; None for none."""
    known = ranks(listing)
    best, most = None, 0
    for window in candidates:
        names = {known[word][0] for word in _words(window, known).values() if word is not None}
        if len(names) > most:
            best, most = window, len(names)
    return match(best, listing) if best else None


def is_listing(header: Header, listing: ListingType) -> bool:
    """Tell whether a header has enough of what sets this listing apart, and no foreign word."""
    known = len(listing.telltale & header.positions.keys()) >= listing.telltales_needed
    return known and foreign_title(header, listing) is None


def foreign_title(header: Header, listing: ListingType) -> str | None:
    """Return the title in the header that only other reports have; None where there is none."""
    foreign = {squeeze(words) for words in listing.foreign}
    return next((title for title in header.titles.values() if squeeze(title) in foreign), None)


def placed(header: Header, positions: Mapping[str, int]) -> Header:
    """Return the header with other positions, as a person confirmed them."""
    used = set(positions.values())
    unused = tuple(place for place in sorted(header.titles) if place not in used)
    return replace(header, positions=dict(positions), others={}, unused=unused, words={})


def with_lower_storeys(header: Header, sheet: RawSheet, listing: ListingType) -> Header:
    """Return the header with the rows below it that only name columns of no meaning here.

    Such a row is blank under every column that every row needs, and holds words mainly under
    columns without a meaning.
    """
    top: ObjectArray = top_of(sheet)
    last = header.last
    used = set(header.positions.values())
    needed = [
        header.positions[column.name]
        for column in listing.columns
        if column.required and column.name in header.positions
    ]
    for below in top[last + 1 : last + 1 + LOWER_STOREYS]:
        words = [
            place for place, cell in enumerate(below) if isinstance(cell, str) and cell.strip()
        ]
        named = used & set(words)
        blank = not any(str(below[place]).strip() for place in needed)
        if not needed or not blank or len(words) < MANY_WORDS or 2 * len(named) > len(words):
            break
        last += 1
    return replace(header, last=last)


@lru_cache(maxsize=256)
def ranks(listing: ListingType) -> dict[str, tuple[str, int]]:
    """Return {squeezed word: (column, how far down its synonyms)} of one listing."""
    found: dict[str, tuple[str, int]] = {}
    for column in listing.columns:
        for rank, words in enumerate((*column.synonyms, column.title, column.name)):
            found.setdefault(squeeze(words), (column.name, rank))
    return found


def _words(window: Window, known: Container[str]) -> dict[int, str | None]:
    """Return the first word over each column that is known; None where none is."""
    found: dict[int, str | None] = dict.fromkeys(window.tries)
    for position, tries in window.tries.items():
        for word in tries:
            if word in known:
                found[position] = word
                break
    return found


def match(window: Window, listing: ListingType) -> Header:
    """Return what the words of a window mean to a listing."""
    known = ranks(listing)
    found: dict[str, list[tuple[int, int, str]]] = {}
    unused = []
    for position, word in _words(window, known).items():
        if word is None:
            unused.append(position)
        else:
            name, rank = known[word]
            found.setdefault(name, []).append((rank, position, word))
    ordered = {name: sorted(hits) for name, hits in found.items()}
    return Header(
        first=window.first,
        last=window.last,
        titles=window.titles,
        positions={name: hits[0][1] for name, hits in ordered.items()},
        others={
            name: tuple(place for _, place, _ in hits[1:])
            for name, hits in ordered.items()
            if hits[1:]
        },
        unused=tuple(unused),
        words={name: hits[0][2] for name, hits in ordered.items()},
    )
