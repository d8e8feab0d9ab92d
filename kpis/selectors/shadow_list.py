"""The months of a shadow run as they are asked for: filtered, sorted. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpis.selectors.filters import Choice, Filter, filter_of
from kpis.shadow.beside import Beside, Counted, Turn, name_of

CHANGES, ALL, WORSE, BETTER = "", "all", "worse", "better"
SORTS: Mapping[str, tuple[str, Callable[[Beside], Any]]] = {
    "": ("Newest first", lambda one: -one.period.toordinal()),
    "worse": ("Worst first", lambda one: (-one.worse, -one.period.toordinal())),
    "place": ("By CRO and study", lambda one: (one.vendor, one.engagement, one.study)),
}


@dataclass(frozen=True)
class Shown:
    """The filters as they stand, and the months that pass them in order."""

    filters: tuple[Filter, ...]
    rows: tuple[Beside, ...]

    @property
    def filtered(self) -> bool:
        """Tell whether something is asked for."""
        return any(one.chosen for one in self.filters)


def turn_value(turn: Turn) -> str:
    """Name a change of colour in an address."""
    return ".".join(turn)


def shown(counted: Counted, wanted: Mapping[str, str]) -> Shown:
    """Return what the address asks for; an unknown value asks for what changes."""
    rows = counted.rows
    places = sorted({(one.engagement_id, f"{one.vendor}, {one.engagement}") for one in rows})
    turns = [turn for turn in sorted(counted.turns) if turn[0] != turn[1]]
    show = _filter("show", "Show", [(CHANGES, "What changes colour"), *_shows(turns)], wanted)
    where = filter_of("engagement", "Engagement", sorted(places, key=lambda one: one[1]), wanted)
    sort = _filter("sort", "Order", [(key, words) for key, (words, _) in SORTS.items()], wanted)
    found = [one for one in rows if _passes(one, show.chosen, where.chosen)]
    key = SORTS[sort.chosen][1]
    return Shown((show, where, sort), tuple(sorted(found, key=key)))


def _shows(turns: Sequence[Turn]) -> list[tuple[str, str]]:
    pairs = [
        (turn_value(one), f"{name_of(one[0]).capitalize()} to {name_of(one[1])}") for one in turns
    ]
    return [(WORSE, "What gets worse"), (BETTER, "What gets better"), *pairs, (ALL, "All months")]


def _filter(
    name: str, label: str, values: Sequence[tuple[str, str]], wanted: Mapping[str, str]
) -> Filter:
    """Return a filter whose first value is the usual one."""
    asked = wanted.get(name, "")
    known = asked if asked in dict(values) else values[0][0]
    return Filter(name, label, tuple(Choice(key, words, key == known) for key, words in values))


def _passes(one: Beside, show: str, engagement: str) -> bool:
    if engagement and str(one.engagement_id) != engagement:
        return False
    if show == ALL:
        return not one.why
    if show in (WORSE, BETTER):
        return one.worse > 0 if show == WORSE else one.worse < 0
    return one.changes and show in (CHANGES, turn_value(one.turn))
