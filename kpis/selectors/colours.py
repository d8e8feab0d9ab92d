"""Which KPIs would change, from a stored comparison, the most important first. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kpis.definitions import catalogue
from kpis.engine.shapes import Outcome
from kpis.engine.terms import RagStatus, Unit
from kpis.engine.wording import number_words, outcome_words

WORSE = (RagStatus.GREEN, RagStatus.AMBER, RagStatus.RED)
TURNS = {
    "red": "Newly red",
    "missing": "Newly missing",
    "amber": "Newly amber",
    "better": "Better",
    "judged": "Judged otherwise",
    "moved": "Value moves, colour stays",
    "first": "First result",
    "same": "Unchanged",
}


@dataclass(frozen=True)
class Shown:
    """One side of a KPI: its status, its value and what stands behind it, in words."""

    rag: str
    value: str
    behind: str


@dataclass(frozen=True)
class ColourChange:
    """One KPI of one scope, before and after; `turn` is a key of TURNS, `name` the short one."""

    slug: str
    name: str
    scope: str
    study_id: int | None
    turn: str
    before: Shown | None
    after: Shown

    @property
    def turn_words(self) -> str:
        """Say what would happen to it."""
        return TURNS[self.turn]

    @property
    def changes_colour(self) -> bool:
        """Tell whether the status would be another one."""
        return self.before is not None and self.before.rag != self.after.rag


@dataclass(frozen=True)
class ColourChanges:
    """All KPIs that the submission feeds, the most important change first."""

    rows: tuple[ColourChange, ...]

    @cached_property
    def changing(self) -> tuple[ColourChange, ...]:
        """Those that would have another colour."""
        return tuple(row for row in self.rows if row.changes_colour)

    @cached_property
    def moving(self) -> tuple[ColourChange, ...]:
        """Those whose value alone would be another one."""
        return tuple(row for row in self.rows if row.turn == "moved")

    @cached_property
    def first(self) -> tuple[ColourChange, ...]:
        """Those that had no result before."""
        return tuple(row for row in self.rows if row.turn == "first")

    @cached_property
    def same(self) -> tuple[ColourChange, ...]:
        """Those that stay as they are."""
        return tuple(row for row in self.rows if row.turn == "same")


def colour_changes(colours: Iterable[Mapping[str, Any]]) -> ColourChanges:
    """Return what a comparison stored as `colours`, in words and in order."""
    rows = [_row(one) for one in colours]
    order = list(TURNS)
    return ColourChanges(tuple(sorted(rows, key=lambda row: (order.index(row.turn), row.name))))


def _row(one: Mapping[str, Any]) -> ColourChange:
    definition = catalogue().get(one["slug"])
    unit = definition.unit if definition else Unit.RATIO
    before = _shown(one["before"], unit) if one["before"] else None
    after = _shown(one["after"], unit)
    return ColourChange(
        slug=one["slug"],
        name=definition.short_name if definition else one["slug"],
        scope=one["scope"],
        study_id=one["study"],
        turn=_turn(before, after),
        before=before,
        after=after,
    )


def _shown(side: Mapping[str, Any], unit: Unit) -> Shown:
    outcome = Outcome(side["numerator"], side["denominator"], side["value"], {}, side["bound"])
    behind = "" if outcome.denominator is None else _behind(outcome)
    return Shown(side["rag"], outcome_words(outcome, unit), behind)


def _behind(outcome: Outcome) -> str:
    whole = [number is None or float(number).is_integer() for number in _figures(outcome)]
    words = [
        number_words(number, decimals=0 if one else 1)
        for number, one in zip(_figures(outcome), whole, strict=True)
    ]
    return " of ".join(words)


def _figures(outcome: Outcome) -> tuple[Any, Any]:
    return outcome.numerator, outcome.denominator


def _turn(before: Shown | None, after: Shown) -> str:
    if before is None:
        return "first"
    if before.rag == after.rag:
        return "same" if before.value == after.value else "moved"
    if after.rag in (RagStatus.RED, RagStatus.MISSING):
        return "red" if after.rag == RagStatus.RED else "missing"
    if before.rag in WORSE and after.rag in WORSE:
        sinks = WORSE.index(RagStatus(after.rag)) < WORSE.index(RagStatus(before.rag))
        return "better" if sinks else "amber"
    return "amber" if after.rag == RagStatus.AMBER else "judged"
