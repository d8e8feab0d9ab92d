"""Which sheet is which listing: told from header words, cells and names together, with the reason.

Every sheet is held against all listings that are known, also those nobody asked for: so a page can
say what a sheet is even where no KPI uses it.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from kpis.engine.tables import LISTINGS, ListingType
from kpis.submissions.reading import why
from kpis.submissions.reading.headers import Header, best_header, with_lower_storeys
from kpis.submissions.reading.layout import Reading, read_as
from kpis.submissions.reading.profile import Profile
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.scoring import Fit, fit_of, rarity_of_words
from kpis.submissions.reading.storeys import Window, windows

# A header names several columns: a row with one known word is data or a note.
LEAST_WORDS = 2


@dataclass(frozen=True)
class Recognised:
    """One sheet taken for one listing, or for none, and why in words.

    `reading` says how a person confirmed that its columns are read, where somebody did.
    """

    sheet: RawSheet
    listing: ListingType | None
    header: Header | None
    why: str = ""
    reading: Reading | None = None


def recognise(
    sheets: Sequence[RawSheet],
    asked: Sequence[ListingType],
    *,
    file_names: Sequence[str] = (),
    profiles: Sequence[Profile] = (),
) -> list[Recognised]:
    """Return every sheet with the listing that it fits best, whether asked for or not.

    Where no sheet is a `plain` listing that is asked for, sheets with its required columns alone
    are taken for it.
    """
    known = [*LISTINGS.values(), *(one for one in asked if one not in LISTINGS.values())]
    rarity = rarity_of_words(known)
    vocabulary = rarity.keys() | {word for profile in profiles for word in profile.words}
    looks = []
    for sheet in sheets:
        file_name = file_names[sheet.file] if sheet.file < len(file_names) else ""
        looks.append(_look(sheet, known, vocabulary, rarity, f"{sheet.name} {file_name}"))
    found = [_decide(look, profiles) for look in looks]
    for listing in asked:
        if listing.plain and not any(one.listing == listing for one in found):
            pairs = zip(looks, found, strict=True)
            found = [
                one if one.listing else _by_required(look, one, listing) for look, one in pairs
            ]
    return found


@dataclass(frozen=True)
class _Look:
    """What was seen of one sheet: where a header may stand, and how it fits each listing."""

    sheet: RawSheet
    candidates: tuple[Window, ...]
    fits: tuple[Fit, ...]


def _look(
    sheet: RawSheet,
    known: Sequence[ListingType],
    vocabulary: Set[str],
    rarity: Mapping[str, float],
    name: str,
) -> _Look:
    """Return the fits of a sheet, the best first; of equal ones the first known."""
    candidates = tuple(windows(sheet, vocabulary, least=LEAST_WORDS))
    fits = [
        fit_of(sheet, header, listing, rarity, name=name)
        for listing in known
        if (header := best_header(candidates, listing))
    ]
    return _Look(sheet, candidates, tuple(sorted(fits, key=lambda one: -one.score)))


def _decide(look: _Look, profiles: Sequence[Profile]) -> Recognised:
    best = next((one for one in look.fits if one.holds), None)
    listing, header = (best.listing, best.header) if best else (None, None)
    taken = read_as(look.candidates, listing, header, profiles)
    if taken is not None:
        words = why.is_listing(best) if best and listing == taken.listing else why.CONFIRMED
        header = with_lower_storeys(taken.header, look.sheet, taken.listing)
        return Recognised(look.sheet, taken.listing, header, words, taken.reading)
    if best is None:
        return Recognised(look.sheet, None, None, why.is_none(look.sheet, look.fits))
    return Recognised(
        look.sheet,
        best.listing,
        with_lower_storeys(best.header, look.sheet, best.listing),
        why.is_listing(best),
    )


def _by_required(look: _Look, one: Recognised, listing: ListingType) -> Recognised:
    fit = next((fit for fit in look.fits if fit.listing == listing and fit.has_required), None)
    if fit is None:
        return one
    header = with_lower_storeys(fit.header, look.sheet, listing)
    return Recognised(look.sheet, listing, header, why.is_plain(fit))
