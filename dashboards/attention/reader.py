"""Whether a reader may take the one step of a matter, or whose turn it is instead. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dashboards.attention.kinds import KINDS, Turn
from dashboards.attention.matter import Item, Matter
from vendors.access import PERMISSIONS, Role


@dataclass(frozen=True)
class Line:
    """An item as one reader sees it: `act` is empty where another has the turn."""

    item: Item
    act: str
    verb: str
    turn: str
    mine: bool


def line_of(item: Item, memberships: Iterable[Any], *, now: bool) -> Line:
    """Return the item for somebody of these memberships; of a day that is over nothing is done."""
    matter = item.matter
    kind = KINDS[matter.kind]
    turn = matter.turn or kind.turn
    sides = [
        (Turn.SPONSOR if one.sponsor_id is not None else Turn.CRO, one)
        for one in memberships
        if one.sponsor_id == matter.place.sponsor_id
        or (one.vendor_id is not None and one.vendor_id == matter.place.vendor_id)
    ]
    in_turn = [one for side, one in sides if turn in (side, Turn.BOTH)]
    may = now and any(kind.permission in PERMISSIONS[Role(one.role)] for one in in_turn)
    return Line(
        item=item,
        act=matter.act if may else "",
        verb=matter.verb or kind.verb,
        turn=turn_words(matter, turn),
        mine=bool(in_turn),
    )


def turn_words(matter: Matter, turn: Turn) -> str:
    """Say whose turn it is."""
    if turn is Turn.SPONSOR:
        return "Sponsor's turn"
    cro = matter.place.vendor or "the CRO"
    return f"{cro}'s turn" if turn is Turn.CRO else "Both sides' turn"
