"""Where the header of a sheet is, and which column means what.

Works on the header words and never on data. A header may stand below banner rows, stretch over
merged cells and have up to three storeys.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from kpis.engine.tables import ListingType
from kpis.submissions.reading.raw import RawSheet

ObjectArray = NDArray[np.object_]

ROWS_SEARCHED = 40
STOREYS = (1, 2, 3)
LOWER_STOREYS = 4
MANY_WORDS = 3  # a lower storey names several columns; a note or a total has fewer words


@dataclass(frozen=True)
class Header:
    """A found header: frame rows `first`..`last`, and positions by canonical column.

    `positions` holds the preferred position of each column, `others` further positions that
    mean the same, `unused` all named columns that mean nothing to this listing.
    """

    first: int
    last: int
    titles: dict[int, str]
    positions: dict[str, int]
    others: dict[str, tuple[int, ...]] = field(default_factory=dict)
    unused: tuple[int, ...] = ()

    @property
    def row(self) -> int:
        """The spreadsheet row of the lowest storey."""
        return self.last + 1


def squeeze(words: object) -> str:
    """Return header words without case, spaces, accents and signs: '# Days Open' → 'daysopen'."""
    text = unicodedata.normalize("NFKD", str(words)).casefold()
    return re.sub(r"[^0-9a-z]", "", text)


def find_header(sheet: RawSheet, listing: ListingType) -> Header | None:
    """Return the rows that hold most of the listing's columns; None where there are none."""
    top = sheet.frame.head(ROWS_SEARCHED + max(STOREYS)).fillna("").to_numpy(dtype=object)
    ranks = _ranks(listing)
    best: Header | None = None
    for storeys in STOREYS:
        for first in range(max(min(len(top) - storeys + 1, ROWS_SEARCHED), 0)):
            labels = _labels(top, first, storeys, sheet)
            header = _match(labels, ranks, first, first + storeys - 1)
            if best is None or len(header.positions) > len(best.positions):
                best = header
    return _with_lower_storeys(best, top, listing) if best and best.positions else None


def is_listing(header: Header, listing: ListingType) -> bool:
    """Tell whether a header has enough of what sets this listing apart, and no foreign word."""
    known = len(listing.telltale & header.positions.keys()) >= listing.telltales_needed
    return known and not is_foreign(header, listing)


def is_foreign(header: Header, listing: ListingType) -> bool:
    """Tell whether a header has a word that only other reports have."""
    foreign = {squeeze(words) for words in listing.foreign}
    return any(squeeze(title) in foreign for title in header.titles.values())


def _with_lower_storeys(header: Header, top: ObjectArray, listing: ListingType) -> Header:
    """Return the header with the rows below it that only name columns of no meaning here.

    Such a row is blank under every column that every row needs, and holds words mainly under
    columns without a meaning.
    """
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
        if not needed or not blank or len(words) < MANY_WORDS or 2 * len(named) >= len(words):
            break
        last += 1
    return replace(header, last=last)


def _ranks(listing: ListingType) -> dict[str, tuple[str, int]]:
    ranks: dict[str, tuple[str, int]] = {}
    for column in listing.columns:
        for rank, words in enumerate((*column.synonyms, column.title, column.name)):
            ranks.setdefault(squeeze(words), (column.name, rank))
    return ranks


def _labels(
    top: ObjectArray, first: int, storeys: int, sheet: RawSheet
) -> dict[int, tuple[str, Sequence[str]]]:
    """Return {position: (title to show, words to try)}."""
    labels: dict[int, tuple[str, Sequence[str]]] = {}
    rows = [_spread(top, first + depth, sheet) for depth in range(storeys)]
    for position, column in enumerate(zip(*rows, strict=True)):
        words = [text for text in dict.fromkeys(str(cell).strip() for cell in column) if text]
        if storeys > 1 and not all(isinstance(cell, str) for cell in column):
            continue
        if words:
            labels[position] = (
                " ".join(words),
                [words[-1], " ".join(words), " ".join(words[-2:])],
            )
    return labels


def _spread(top: ObjectArray, row: int, sheet: RawSheet) -> list[object]:
    """Return one row of cells with merged cells repeated over their width."""
    cells = list(top[row])
    for (top_row, left), (bottom, right) in sheet.merged:
        if top_row <= row <= bottom and left < len(cells):
            source = top[top_row][left]
            for position in range(left, min(right + 1, len(cells))):
                cells[position] = source if row == top_row else cells[position]
    return cells


def _match(
    labels: dict[int, tuple[str, Sequence[str]]],
    ranks: dict[str, tuple[str, int]],
    first: int,
    last: int,
) -> Header:
    found: dict[str, list[tuple[int, int]]] = {}
    unused = []
    for position, (_, tries) in labels.items():
        hits = [ranks[key] for words in tries if (key := squeeze(words)) in ranks]
        if hits:
            name, rank = hits[0]
            found.setdefault(name, []).append((rank, position))
        else:
            unused.append(position)
    ordered = {name: [position for _, position in sorted(hits)] for name, hits in found.items()}
    return Header(
        first=first,
        last=last,
        titles={position: title for position, (title, _) in labels.items()},
        positions={name: places[0] for name, places in ordered.items()},
        others={name: tuple(places[1:]) for name, places in ordered.items() if places[1:]},
        unused=tuple(unused),
    )
