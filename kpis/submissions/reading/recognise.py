"""Which sheet is which listing, told from header words and never from names alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpis.engine.tables import ListingType
from kpis.submissions.reading.headers import Header, find_header, is_foreign, is_listing
from kpis.submissions.reading.raw import RawSheet


@dataclass(frozen=True)
class Recognised:
    """One sheet taken for one listing, or for none."""

    sheet: RawSheet
    listing: ListingType | None
    header: Header | None


def recognise(sheets: Sequence[RawSheet], asked: Sequence[ListingType]) -> list[Recognised]:
    """Return every sheet with the first listing asked for that its header fits.

    `asked` names the most particular listing first: most sheets also list participants.
    """
    found = [_one(sheet, asked) for sheet in sheets]
    for place, listing in enumerate(asked):
        if listing.plain and not any(one.listing is listing for one in found):
            earlier = asked[:place]
            found = [one if one.listing in earlier else _by_required(one, listing) for one in found]
    return found


def _one(sheet: RawSheet, asked: Sequence[ListingType]) -> Recognised:
    for listing in asked:
        header = find_header(sheet, listing)
        if header is not None and is_listing(header, listing):
            return Recognised(sheet, listing, header)
    return Recognised(sheet, None, None)


def _by_required(one: Recognised, listing: ListingType) -> Recognised:
    """Take a sheet that has just the required columns, where no other sheet is the listing."""
    header = find_header(one.sheet, listing)
    required = {column.name for column in listing.columns if column.required}
    if header is None or is_foreign(header, listing):
        return one
    if required <= header.positions.keys():
        return Recognised(one.sheet, listing, header)
    return one
