"""How a cell of the calendar looks: one sign and the spoken words; colour never says it alone."""

from dataclasses import dataclass

from kpis.standing.entry import Entry
from kpis.standing.states import Standing


@dataclass(frozen=True)
class Tile:
    """One month. `css` is the look of the tile, `words` the spoken text."""

    sign: str
    css: str
    words: str


NOTHING = Tile("", "restated", "nothing delegated")

SIGNS = {
    Standing.OPEN: ("○", "open"),
    Standing.MISSING: ("∅", "none"),
    Standing.LATE: ("!", "late"),
    Standing.RECEIVED: ("…", "open"),
    Standing.RETURNED: ("↩", "open"),
    Standing.ACCEPTED: ("✓", ""),
    Standing.RESTATED: ("↺", "restated"),
    Standing.WAIVED: ("–", "restated"),
    Standing.NOT_ASKED: ("·", "restated"),
}
# What a legend says under the tiles, in the order of the states.
KEY = (
    "✓ accepted, +3 late by business days, ↺ restated, … received, ↩ returned, ○ open, ! late, "
    "∅ missing, – waived, · not asked for"
)


def tile_of(entry: Entry) -> Tile:
    """Return the tile of an entry."""
    sign, css = SIGNS[entry.standing]
    words = entry.words[:1].lower() + entry.words[1:]
    if entry.standing is Standing.ACCEPTED and entry.days_late > 0:
        return Tile(f"+{entry.days_late}", "late", words)
    return Tile(sign, css, words)
