"""Which confirmed profile a sheet's header belongs to: the same layout, or a changed one.

The same layout has the same header words in the same order. A changed one shares at least half of
them with a profile of the same listing: what was confirmed is carried over by header words, and
what changed is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kpis.engine.tables import LISTINGS, ListingType
from kpis.submissions.reading.changes import changes
from kpis.submissions.reading.headers import Header, match, placed
from kpis.submissions.reading.profile import ColumnReading, Profile, signature, word_of
from kpis.submissions.reading.storeys import Window

# Of the header words of either; below, two layouts have nothing to do with each other.
SHARED_WORDS = 0.5


@dataclass(frozen=True)
class Reading:
    """A profile as it applies to one header; `changes` is empty where the layout is the same."""

    profile: Profile
    columns: Mapping[str, ColumnReading]
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Taken:
    """A header taken for a listing because of a profile."""

    listing: ListingType
    header: Header
    reading: Reading


def read_as(
    candidates: Sequence[Window],
    listing: ListingType | None,
    header: Header | None,
    profiles: Sequence[Profile],
) -> Taken | None:
    """Return how a sheet is read by a profile; None where no profile has to do with it.

    `listing` and `header` are what the sheet was recognised as without a profile, if anything.
    """
    known = {profile.signature: profile for profile in profiles}
    if listing is not None:  # the same words may be confirmed for two listings
        known |= {one.signature: one for one in profiles if one.listing == listing.name}
    same = [window for window in candidates if signature(titles_of(window)) in known]
    if same:
        profile = known[signature(titles_of(same[0]))]
        return _taken(same[0], None, profile, profile.columns, ())
    near = [
        (_shared(window, profile), window, profile)
        for profile in profiles
        for window in candidates
        if (listing is None or profile.listing == listing.name)
        and (header is None or window.titles == header.titles)
    ]
    near = [
        (share, window, profile)
        for share, window, profile in near
        if share >= SHARED_WORDS and (listing is not None or _still_tells(profile, window))
    ]
    if not near:
        return None
    _, window, profile = max(near, key=lambda one: (one[0], one[2].version))
    carried = carry(profile, titles_of(window))
    return _taken(window, header, profile, carried, changes(profile.headers, titles_of(window)))


def titles_of(window: Window | Header) -> tuple[str, ...]:
    """Return the named header cells in the order of the file."""
    return tuple(window.titles[place] for place in sorted(window.titles))


def carry(profile: Profile, titles: Sequence[str]) -> dict[str, ColumnReading]:
    """Return what was confirmed, moved to the places that the same header words have now."""
    places: dict[tuple[str, int], int] = {}
    for place, title in enumerate(titles):
        word = word_of(title)
        places[word, sum(known == word for known, _ in places)] = place
    found = {}
    for name, reading in profile.columns.items():
        if reading.place is None:
            found[name] = reading
            continue
        word = profile.words[reading.place]
        before = profile.words[: reading.place].count(word)
        if (word, before) in places:
            found[name] = replace(reading, place=places[word, before])
    return found


def _taken(
    window: Window,
    header: Header | None,
    profile: Profile,
    columns: Mapping[str, ColumnReading],
    changed: tuple[str, ...],
) -> Taken:
    """Return the header with the columns at their confirmed places, others as they were found."""
    listing = LISTINGS[profile.listing]
    order = sorted(window.titles)
    found = header or match(window, listing)
    positions = dict(found.positions) if changed else {}
    columns = {n: one for n, one in columns.items() if not _came_since(n, one, profile, found)}
    for name, reading in columns.items():
        positions.pop(name, None)
        if reading.place is not None:
            positions[name] = order[reading.place]
    taken = {name: place for name, place in positions.items() if name in columns}
    for name, place in positions.items():
        if place not in taken.values():
            taken[name] = place
    return Taken(listing, placed(found, taken), Reading(profile, columns, changed))


def _came_since(name: str, reading: ColumnReading, profile: Profile, found: Header) -> bool:
    """Tell whether a column that the confirmed layout did not have stands in the changed one."""
    place = found.positions.get(name)
    if reading.place is not None or place is None:
        return False
    return word_of(found.titles[place]) not in profile.words


def _shared(window: Window, profile: Profile) -> float:
    now, before = {word_of(title) for title in window.titles.values()}, set(profile.words)
    return len(now & before) / len(now | before)


def _still_tells(profile: Profile, window: Window) -> bool:
    """Tell whether what sets the listing apart is among the words that are still there."""
    listing = LISTINGS[profile.listing]
    carried = carry(profile, titles_of(window))
    telling = [name for name, reading in carried.items() if reading.place is not None]
    return len(listing.telltale & set(telling)) >= listing.telltales_needed
