"""How the months of a KPI behave: usual range, signals, two icons, interval, three months. Pure.

What a KPI does (its usual range) and what is asked of it (its limits) are told apart everywhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from dashboards.panels.panel import months_due
from dashboards.periods import months_back
from dashboards.selectors.kpi import KpiView
from dashboards.selectors.runs import Reading
from kpis.engine.definition import KpiDefinition
from kpis.engine.statistics.chart_choice import (
    Month,
    adds_up,
    months_chart,
    scale_of,
    value_interval,
)
from kpis.engine.statistics.control import ChartKind, ControlChart, Rebase
from kpis.engine.statistics.icons import Assurance, Variation, assurance, variation
from kpis.engine.statistics.intervals import Interval
from kpis.engine.statistics.rollup import Part, Together, trailing
from kpis.engine.statistics.run_rules import Signal, signals, signals_at
from kpis.engine.terms import RagStatus


@dataclass(frozen=True)
class Behaviour:
    """The control chart of the months that have a value which can be judged, and what it says."""

    months: tuple[date, ...]
    chart: ControlChart
    signals: tuple[Signal, ...]
    variation: Variation
    assurance: Assurance

    @property
    def place(self) -> Mapping[date, int]:
        """Month → place of its point in the chart."""
        return {month: place for place, month in enumerate(self.months)}

    @property
    def limited(self) -> bool:
        """True where some month has a usual range."""
        return any(one.kind is not ChartKind.RUN for one in self.chart.phases)

    def signals_of(self, month: date) -> tuple[Signal, ...]:
        """Return the signals that a month is part of."""
        place = self.place.get(month)
        return () if place is None else signals_at(self.signals, place)

    def range_of(self, month: date) -> tuple[float, float] | None:
        """Return the usual range of a month; None where it has none."""
        place = self.place.get(month)
        if place is None or self.chart.lower[place] is np.ma.masked:
            return None
        return float(self.chart.lower[place]), float(self.chart.upper[place])


def behaviour(view: KpiView) -> Behaviour:
    """Return how the months shown behave; limits begin anew with a new version of the KPI."""
    months = [(month, reading) for month, reading, _ in months_due(view)]
    return behaviour_of(view.definition, months, period=view.period)


def behaviour_of(
    definition: KpiDefinition, months: Iterable[tuple[date, Reading | None]], *, period: date
) -> Behaviour:
    """Return how some months of a KPI behave, oldest first; None has no result.

    `period` is the month whose variation is told.
    """
    judged = [(month, one) for month, one in months if one is not None and _judged(one)]
    points = [
        Month(one.numerator or 0.0, one.denominator or 0.0, one.value or 0.0) for _, one in judged
    ]
    rebases = [
        Rebase(place, f"version {now.version} of the definition")
        for place, ((_, before), (_, now)) in enumerate(pairwise(judged), start=1)
        if before.version != now.version
    ]
    chart = months_chart(definition, points, rebases=rebases)
    limits = definition.limits
    direction = definition.direction
    newest = bool(judged) and judged[-1][0] == period
    return Behaviour(
        months=tuple(month for month, _ in judged),
        chart=chart,
        signals=signals(chart),
        variation=variation(chart, direction) if newest else Variation.TOO_FEW,
        assurance=assurance(chart, direction, limits.amber if limits else None),
    )


def trailing_of(view: KpiView, month: date) -> Together | None:
    """Return three months up to `month` together; None where months do not add up."""
    if not adds_up(view.definition):
        return None
    found = [view.by_month.get(one) for one in months_back(month, 3)]
    sums = trailing([_part(one) for one in found])
    return sums if sums.denominator else None


def trailing_value(view: KpiView, sums: Together) -> float:
    """Return the value of several months together."""
    return scale_of(view.definition) * (sums.ratio or 0.0)


def interval_of(view: KpiView) -> Interval | None:
    """Return the 95 % interval of the period's share or rate."""
    one = view.reading
    if one is None or one.numerator is None or not one.denominator:
        return None
    return value_interval(view.definition, one.numerator, one.denominator)


def _judged(reading: Reading) -> bool:
    return (
        reading.value is not None
        and reading.rag != RagStatus.INSUFFICIENT
        and bool(reading.denominator)
    )


def _part(reading: Reading | None) -> Part:
    return Part(reading.numerator, reading.denominator) if reading else Part(None, None)
