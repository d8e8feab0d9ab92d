"""Which chart, funnel and interval a KPI definition calls for, in the unit of its value.

Whether cases of one month are the cases of the next decides: counts within a period (flow, cohort)
follow binomial or Poisson limits; what stands at a cut-off is largely what stood a month before, so
its limits can only come from how its values move (XmR). A KPI whose formula is not named here has
an XmR chart, and neither funnel nor interval.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kpis.engine.definition import KpiDefinition
from kpis.engine.shapes import Array
from kpis.engine.statistics.control import (
    ChartKind,
    ControlChart,
    Rebase,
    p_chart,
    u_chart,
    xmr_chart,
)
from kpis.engine.statistics.funnel import (
    HIGH_ONLY,
    LOW_ONLY,
    TWO_SIDED,
    Counted,
    Funnel,
    FunnelKind,
    LeastCount,
    Thresholds,
    funnel,
)
from kpis.engine.statistics.intervals import Interval, poisson_interval, wilson_interval
from kpis.engine.terms import Direction, Sides, TimeSemantics

FUNNELS = {
    "share": FunnelKind.PROPORTION,
    "timeliness": FunnelKind.PROPORTION,
    "stock_ageing": FunnelKind.PROPORTION,
    "event_rate": FunnelKind.RATE,
}
# Quotients of sums, so that months add up; their numbers are no counts of independent cases.
QUOTIENTS = ("ratio", "adherence")
CHARTS = {FunnelKind.PROPORTION: (ChartKind.P, p_chart), FunnelKind.RATE: (ChartKind.U, u_chart)}


@dataclass(frozen=True)
class Month:
    """A month with a value; both counts are above or equal to 0, the denominator above 0."""

    numerator: float
    denominator: float
    value: float


def funnel_kind(definition: KpiDefinition) -> FunnelKind | None:
    """Return how units of a KPI are compared; None where its value is neither share nor rate."""
    return FUNNELS.get(definition.formula)


def scale_of(definition: KpiDefinition) -> float:
    """Return what numerator over denominator is multiplied by to give the value."""
    return float(str(definition.parameters.get("factor", 100.0)))


def adds_up(definition: KpiDefinition) -> bool:
    """Tell whether months or units together are their sums over each other; medians are not."""
    return definition.formula in (*FUNNELS, *QUOTIENTS)


def chart_kind(definition: KpiDefinition) -> ChartKind:
    """Return the chart of a KPI's months."""
    kind = funnel_kind(definition)
    if kind is None or definition.time is TimeSemantics.STOCK:
        return ChartKind.XMR
    return CHARTS[kind][0]


def months_chart(
    definition: KpiDefinition, months: Sequence[Month], *, rebases: Sequence[Rebase] = ()
) -> ControlChart:
    """Return the control chart of the months, oldest first, in the unit of the value."""
    kind = funnel_kind(definition)
    if kind is None or chart_kind(definition) is ChartKind.XMR:
        return xmr_chart([one.value for one in months], rebases=rebases)
    draw = CHARTS[kind][1]
    chart = draw(
        [one.numerator for one in months], [one.denominator for one in months], rebases=rebases
    )
    by = scale_of(definition)
    return replace(
        chart,
        values=by * chart.values,
        centre=by * chart.centre,
        lower=by * chart.lower,
        upper=by * chart.upper,
    )


def value_interval(
    definition: KpiDefinition, numerator: float, denominator: float
) -> Interval | None:
    """Return the 95 % interval of a share (Wilson) or a rate (exact Poisson); None for others."""
    kind = funnel_kind(definition)
    if kind is None:
        return None
    draw = wilson_interval if kind is FunnelKind.PROPORTION else poisson_interval
    found, by = draw(numerator, denominator), scale_of(definition)
    return None if found is None else Interval(by * found.low, by * found.high)


def units_funnel(
    definition: KpiDefinition,
    numerators: Sequence[float] | Array,
    denominators: Sequence[float] | Array,
) -> Funnel | None:
    """Return the funnel of a KPI's units, as its definition compares them; None if it has none.

    Units below the minimum denominator, or numerator where one is set, are not judged. One-sided
    looks only at the worse side; a band has two anyway. Values are numerator over denominator,
    without the KPI's factor.
    """
    kind = funnel_kind(definition)
    if kind is None:
        return None
    return funnel(
        np.asarray(numerators, float),
        np.asarray(denominators, float),
        kind=kind,
        thresholds=_thresholds(definition),
        least=list(_least(definition)),
    )


def _thresholds(definition: KpiDefinition) -> Thresholds:
    comparison, direction = definition.comparison, definition.direction
    if comparison is None or comparison.sides is Sides.BOTH or direction is Direction.BAND:
        return TWO_SIDED
    return HIGH_ONLY if direction is Direction.LOWER else LOW_ONLY


def _least(definition: KpiDefinition) -> Iterator[LeastCount]:
    yield LeastCount(definition.minimum_denominator)
    if definition.comparison is not None and definition.comparison.minimum_numerator is not None:
        yield LeastCount(definition.comparison.minimum_numerator, Counted.NUMERATOR)
