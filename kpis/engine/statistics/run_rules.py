"""Which points of a control chart are more than common cause variation.

Four rules, none alone proof, all of them rare without a cause:

beyond  one point outside the limits (Shewhart 1931)
shift   eight points in a row on one side of the centre (Western Electric, Statistical quality
        control handbook, 1956; NHS Making Data Count asks for seven, Nelson for nine: eight has one
        false alarm in 128 such runs and is ours); a point on the centre ends the run
trend   six points in a row, each higher, or each lower, than the one before (Nelson, Journal of
        Quality Technology 16, 1984; NHS Making Data Count); two equal neighbours end it
near    two of three points in a row, on the same side, in the outer third or beyond (Western
        Electric 1956; NHS Making Data Count)

A signal lies within one phase: points before and after a change of limits are not compared. A phase
that is a run chart has none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kpis.engine.shapes import Array
from kpis.engine.statistics.control import SIGMAS, ChartKind, ControlChart

SHIFT, TREND, NEAR_SIGMAS = 8, 6, 2.0
# What a computed limit and a value on it may differ by, in thirds of the way to the limit.
ROUNDING = 1e-9


class Rule(StrEnum):
    """Why a point stands out."""

    BEYOND = "beyond"
    SHIFT = "shift"
    TREND = "trend"
    NEAR = "near"


class Side(StrEnum):
    """Where to: above or rising, below or falling."""

    HIGH = "high"
    LOW = "low"


RULE_WORDS = {
    (Rule.BEYOND, Side.HIGH): "above the upper limit",
    (Rule.BEYOND, Side.LOW): "below the lower limit",
    (Rule.SHIFT, Side.HIGH): f"{SHIFT} or more in a row above the centre",
    (Rule.SHIFT, Side.LOW): f"{SHIFT} or more in a row below the centre",
    (Rule.TREND, Side.HIGH): f"{TREND} or more in a row rising",
    (Rule.TREND, Side.LOW): f"{TREND} or more in a row falling",
    (Rule.NEAR, Side.HIGH): "two of three near or above the upper limit",
    (Rule.NEAR, Side.LOW): "two of three near or below the lower limit",
}


@dataclass(frozen=True)
class Signal:
    """A rule that holds, to which side, and the places of the points that make it, rising."""

    rule: Rule
    side: Side
    points: tuple[int, ...]

    @property
    def words(self) -> str:
        """The rule in words."""
        return RULE_WORDS[self.rule, self.side]


def signals(chart: ControlChart) -> tuple[Signal, ...]:
    """Return all signals, phase by phase; runs are as long as they go."""
    return tuple(
        one
        for phase in chart.phases
        if phase.kind is not ChartKind.RUN
        for one in _of_phase(
            chart.values[phase.first : phase.last + 1],
            np.asarray(chart.place[phase.first : phase.last + 1]),
            phase.first,
        )
    )


def signals_at(found: tuple[Signal, ...], point: int) -> tuple[Signal, ...]:
    """Return the signals that a point is part of."""
    return tuple(one for one in found if point in one.points)


def _of_phase(values: Array, place: Array, first: int) -> Iterator[Signal]:
    for side, sign in ((Side.HIGH, 1.0), (Side.LOW, -1.0)):
        z = sign * place
        for at in np.flatnonzero(z > SIGMAS + ROUNDING).tolist():
            yield Signal(Rule.BEYOND, side, (first + at,))
        for begin, end in _runs(z > ROUNDING):
            if end - begin >= SHIFT:
                yield Signal(Rule.SHIFT, side, tuple(range(first + begin, first + end)))
        for begin, end in _runs(sign * np.diff(values) > 0):
            if end - begin + 1 >= TREND:  # five steps join six points
                yield Signal(Rule.TREND, side, tuple(range(first + begin, first + end + 1)))
        near = z > NEAR_SIGMAS + ROUNDING
        close = [
            at
            for at in np.flatnonzero(near).tolist()
            if bool(near[max(at - 2, 0) : at].any() or near[at + 1 : at + 3].any())
        ]
        for group in _groups(close):
            yield Signal(Rule.NEAR, side, tuple(first + at for at in group))


def _runs(mask: Array) -> Iterator[tuple[int, int]]:
    """Yield begin and end (without) of each stretch that is true throughout."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(int)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _groups(places: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield places that lie at most two apart together."""
    group: list[int] = []
    for at in places:
        if group and at - group[-1] > 2:
            yield tuple(group)
            group = []
        group.append(at)
    if group:
        yield tuple(group)
