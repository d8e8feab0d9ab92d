"""The attention list of one reader: filtered, sorted, a page of it, or its first lines."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from dashboards.attention.gathering import matters
from dashboards.attention.kinds import KINDS
from dashboards.attention.loading import load
from dashboards.attention.ranking import ranked
from dashboards.attention.reader import Line, line_of
from dashboards.attention.silence import with_last_words
from dashboards.periods import Asked
from kpis.selectors.filters import Choice, Filter, filter_of
from studies.coverage.facts import Facts
from vendors.access import memberships_of

PER_PAGE = 50
TURNS = (("mine", "Your side's"), ("others", "The other side's"))
ORDERS: Mapping[str, tuple[str, Callable[[Line], Any]]] = {
    "": ("Score", lambda line: 0),
    "risk": ("Risk", lambda line: -line.item.risk.value),
    "time": ("Time", lambda line: -line.item.time.value),
    "neglect": ("Neglect", lambda line: -line.item.neglect.value),
    "oldest": ("Oldest first", lambda line: line.item.matter.began),
    "cro": ("CRO", lambda line: line.item.matter.place.vendor),
}


@dataclass(frozen=True)
class Attention:
    """What wants attention: `total` of all, `mine` where the reader's side has the turn.

    `lines` are those that the filters leave, in the order asked for.
    """

    asked: Asked
    total: int
    mine: int
    lines: Sequence[Line]
    filters: tuple[Filter, ...]
    filtered: bool

    def page(self, number: str) -> "Page[Line]":
        """Return a page of the lines."""
        return Paginator(self.lines, PER_PAGE).get_page(number)


def attention(user: Any, *, asked: Asked, wanted: Mapping[str, str]) -> Attention:
    """Return the list for `user`; an unknown filter asks for all. Twelve statements at most."""
    loaded = load(user, asked=asked)
    found = with_last_words(user, matters(loaded), asked=asked)
    lines = [
        line_of(one, memberships_of(user), now=asked.known is None)
        for one in ranked(found, on=loaded.on)
    ]
    filters = _filters(loaded.facts, wanted)
    chosen = {one.name: one.chosen for one in filters if one.chosen}
    _, order = ORDERS[chosen.pop("order", "")]
    kept = sorted((one for one in lines if _keeps(one, chosen)), key=order)
    return Attention(
        asked=asked,
        total=len(lines),
        mine=sum(one.mine for one in lines),
        lines=kept,
        filters=filters,
        filtered=bool(chosen),
    )


def _keeps(line: Line, chosen: Mapping[str, str]) -> bool:
    place = line.item.matter.place
    found = {
        "kind": line.item.matter.kind.value,
        "cro": str(place.vendor_id or ""),
        "study": str(place.study_id or ""),
        "turn": "mine" if line.mine else "others",
    }
    return all(found[name] == value for name, value in chosen.items())


def _filters(facts: Facts, wanted: Mapping[str, str]) -> tuple[Filter, ...]:
    """Offer every kind, and every provider and study that the reader sees, also without an item."""
    kinds = [(kind.value, one.label) for kind, one in KINDS.items()]
    cros = sorted((one.name, pk) for pk, one in facts.providers.items())
    return (
        filter_of("turn", "Whose turn", TURNS, wanted),
        filter_of("kind", "Kind", kinds, wanted),
        filter_of("cro", "CRO", [(pk, name) for name, pk in cros], wanted),
        filter_of("study", "Study", [(s.pk, s.protocol_number) for s in facts.studies], wanted),
        _order(wanted.get("order", "")),
    )


def _order(asked: str) -> Filter:
    chosen = asked if asked in ORDERS else ""
    choices = (Choice(name, words, name == chosen) for name, (words, _) in ORDERS.items())
    return Filter("order", "Order", tuple(choices))
