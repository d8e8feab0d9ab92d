"""Two questions a colour does not answer: is the KPI changing, and will it keep its limit?

The idea of two icons instead of a colour is that of NHS England's Making Data Count (see also BMJ
Leader 2020, 000357). Variation is told for the newest point; assurance compares the natural limits
of the newest point with the amber limit, which itself still counts as kept. Both are given as
names; words and marks are `VARIATION_WORDS` and `ASSURANCE_WORDS`.
"""

from enum import StrEnum

from kpis.engine.definition import Limit
from kpis.engine.statistics.control import ChartKind, ControlChart
from kpis.engine.statistics.run_rules import Side, Signal, signals, signals_at
from kpis.engine.terms import Direction


class Variation(StrEnum):
    """What the newest point says."""

    IMPROVING = "improving"
    WORSENING = "worsening"
    CHANGING = "changing"  # special cause where neither up nor down is better
    COMMON_CAUSE = "common-cause"
    TOO_FEW = "too-few"


class Assurance(StrEnum):
    """What the limits of the process say about the limit that is asked for."""

    ALWAYS = "always"
    HIT_AND_MISS = "hit-and-miss"
    NEVER = "never"
    NO_LIMIT = "no-limit"
    TOO_FEW = "too-few"


VARIATION_WORDS = {
    Variation.IMPROVING: "Improving: more than common cause",
    Variation.WORSENING: "Worsening: more than common cause",
    Variation.CHANGING: "Changing: more than common cause",
    Variation.COMMON_CAUSE: "Common cause: no real change",
    Variation.TOO_FEW: "Too few months to tell",
}
ASSURANCE_WORDS = {
    Assurance.ALWAYS: "Keeps its limit: unless the process changes",
    Assurance.HIT_AND_MISS: "Hit and miss: within its limit in some months by chance",
    Assurance.NEVER: "Misses its limit: unless the process changes",
    Assurance.NO_LIMIT: "No limit is set",
    Assurance.TOO_FEW: "Too few months to tell",
}


def variation(chart: ControlChart, direction: Direction) -> Variation:
    """Return what the newest point says; what is worse goes first where its signals disagree."""
    if chart.last is None or chart.last.kind is ChartKind.RUN:
        return Variation.TOO_FEW
    sides = {one.side for one in newest_signals(chart)}
    if not sides:
        return Variation.COMMON_CAUSE
    if direction is Direction.BAND:
        return Variation.CHANGING
    worse = Side.HIGH if direction is Direction.LOWER else Side.LOW
    return Variation.WORSENING if worse in sides else Variation.IMPROVING


def assurance(chart: ControlChart, direction: Direction, limit: Limit | None) -> Assurance:
    """Return whether the process keeps `limit` (a pair for a band), in the unit of the chart."""
    if limit is None:
        return Assurance.NO_LIMIT
    if chart.last is None or chart.last.kind is ChartKind.RUN:
        return Assurance.TOO_FEW
    low, high = float(chart.lower[-1]), float(chart.upper[-1])
    if isinstance(limit, tuple):
        kept, missed = limit[0] <= low and high <= limit[1], high < limit[0] or limit[1] < low
    elif direction is Direction.LOWER:
        kept, missed = high <= limit, low > limit
    else:
        kept, missed = low >= limit, high < limit
    return Assurance.ALWAYS if kept else Assurance.NEVER if missed else Assurance.HIT_AND_MISS


def newest_signals(chart: ControlChart) -> tuple[Signal, ...]:
    """Return the signals that the newest point is part of."""
    return signals_at(signals(chart), len(chart.values) - 1)
