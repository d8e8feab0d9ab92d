"""How well a header, the cells below it and the names around it fit a listing.

A header word weighs more the fewer listings know it: 'Query Status' says much, 'Site' little. The
cells confirm or contradict what a title promises. Names of sheets and files speak for a listing and
prove nothing: they decide between listings that fit, never make one fit.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpis.engine.tables import Column, ListingType
from kpis.submissions.reading.contents import fit, sample
from kpis.submissions.reading.headers import Header, foreign_title, ranks
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.storeys import squeeze

# Fewer filled cells prove nothing about a column; from here on, none that fits speaks against it.
ENOUGH_CELLS = 3
NAME_WEIGHT = 1.0


@dataclass(frozen=True)
class Fit:
    """How one header fits one listing, and what speaks for and against it, as column names.

    `telling` are the columns that set the listing apart and whose cells do not contradict it,
    `confirmed` those whose cells fit, `contradicted` those of which no cell does.
    """

    listing: ListingType
    header: Header
    score: float
    telling: tuple[str, ...]
    confirmed: tuple[str, ...]
    contradicted: tuple[str, ...]
    foreign: str | None
    named: bool

    @property
    def holds(self) -> bool:
        """Tell whether the sheet is this listing."""
        return self.foreign is None and len(self.telling) >= self.listing.telltales_needed

    @property
    def promises(self) -> bool:
        """Tell whether the header alone, whatever the cells, would make the sheet this listing."""
        telltales = self.listing.telltale & self.header.positions.keys()
        return len(telltales) >= self.listing.telltales_needed

    @property
    def has_required(self) -> bool:
        """Tell whether every column that every row needs is there."""
        required = {column.name for column in self.listing.columns if column.required}
        return self.foreign is None and required <= self.header.positions.keys()


def fit_of(
    sheet: RawSheet, header: Header, listing: ListingType, rarity: Mapping[str, float], *, name: str
) -> Fit:
    """Return how well `header` fits `listing`; `name` is that of the sheet and its file.

    Cells are looked at only where the header alone would do.
    """
    score, confirmed, contradicted = 0.0, [], []
    worth_a_look = len(listing.telltale & header.positions.keys()) >= listing.telltales_needed
    for column in listing.columns:
        if column.name not in header.positions:
            continue
        weight = rarity.get(header.words[column.name], 1.0)
        share = _share(sheet, header, column) if worth_a_look else None
        score += weight * (1.0 if share is None else 0.5 + share)
        if share is not None and share >= 0.5:
            confirmed.append(column.name)
        elif share == 0:
            contradicted.append(column.name)
    named = _speaks(name, listing)
    telling = [
        column.name
        for column in listing.columns
        if column.name in listing.telltale & header.positions.keys()
        and not (column.name in contradicted and column.kind != "choice")
    ]
    return Fit(
        listing=listing,
        header=header,
        score=score + NAME_WEIGHT * named,
        telling=tuple(telling),
        confirmed=tuple(confirmed),
        contradicted=tuple(contradicted),
        foreign=foreign_title(header, listing),
        named=named,
    )


def _share(sheet: RawSheet, header: Header, column: Column) -> float | None:
    if column.kind == "text":
        return None
    cells = sample(sheet, header.last + 1, header.positions[column.name])
    share = fit(cells, column)
    return None if share == 0 and len(cells) < ENOUGH_CELLS else share


def _speaks(name: str, listing: ListingType) -> bool:
    words = squeeze(name)
    return any(squeeze(one) in words for one in (listing.title, *listing.sheet_names) if one)


def rarity_of_words(known: Sequence[ListingType]) -> dict[str, float]:
    """Return how much each squeezed header word says: the more, the fewer listings know it."""
    often = Counter(word for listing in known for word in ranks(listing))
    return {word: math.log2(1 + len(known) / count) for word, count in often.items()}
