"""What a definition calls for, in the unit of its value."""

import numpy as np
import pytest

from kpis.engine.catalogue import load_catalogue
from kpis.engine.comparison import Comparison
from kpis.engine.definition import KpiDefinition
from kpis.engine.statistics.chart_choice import (
    Month,
    adds_up,
    chart_kind,
    funnel_kind,
    months_chart,
    scale_of,
    units_funnel,
    value_interval,
)
from kpis.engine.statistics.control import ChartKind
from kpis.engine.statistics.funnel import HIGH_ONLY, LOW_ONLY, TWO_SIDED, FunnelKind
from kpis.engine.statistics.intervals import poisson_interval, wilson_interval
from kpis.engine.terms import Direction, Sides, TimeSemantics
from tests.engine.builders import defined, query_aging

SHARE = defined("share", ("queries",))
RATE = defined("event_rate", ("queries",), factor=1000)
MEDIAN = defined("duration", ("queries",))


def timed(definition: KpiDefinition, time: TimeSemantics) -> KpiDefinition:
    return query_aging(
        formula=definition.formula, parameters=definition.parameters, time=time, limits=None
    )


def test_counts_of_a_period_have_limits_of_their_own() -> None:
    flow, stock = TimeSemantics.FLOW, TimeSemantics.STOCK
    for definition, time, kind in (
        (SHARE, flow, ChartKind.P),
        (RATE, flow, ChartKind.U),
        (SHARE, stock, ChartKind.XMR),
        (RATE, stock, ChartKind.XMR),
        (MEDIAN, flow, ChartKind.XMR),
    ):
        assert chart_kind(timed(definition, time)) is kind


def test_the_chart_is_in_the_unit_of_the_value() -> None:
    months = [Month(n, 50, n * 20) for n in (3, 4, 2, 5, 3, 4, 2, 3)]
    of_rate = months_chart(timed(RATE, TimeSemantics.FLOW), months)
    assert of_rate.values.tolist() == [one.value for one in months]
    mean = 26 / 400
    assert of_rate.centre[0] == pytest.approx(1000 * mean)
    assert of_rate.upper[0] == pytest.approx(1000 * (mean + 3 * np.sqrt(mean / 50)))
    single = months_chart(timed(RATE, TimeSemantics.STOCK), months)
    assert single.centre[0] == pytest.approx(65)
    assert single.phases[0].kind is ChartKind.XMR


def test_intervals_by_kind() -> None:
    low, high = value_interval(SHARE, 3, 40) or (0, 0)
    assert (low / 100, high / 100) == pytest.approx(wilson_interval(3, 40))
    low, high = value_interval(RATE, 3, 40) or (0, 0)
    assert (low / 1000, high / 1000) == pytest.approx(poisson_interval(3, 40))
    assert value_interval(SHARE, 0, 0) is None
    assert value_interval(MEDIAN, 3, 40) is None


def test_a_funnel_looks_to_both_sides_unless_told() -> None:
    numbers = ([3, 9, 1], [40, 40, 29])
    definition = query_aging(direction=Direction.LOWER)
    minimum = definition.minimum_denominator
    both = units_funnel(definition, *numbers)
    assert both is not None
    assert (both.kind, both.thresholds) == (FunnelKind.PROPORTION, TWO_SIDED)
    assert [one is not None for one in both.flag.tolist()] == [minimum <= 40] * 2 + [minimum <= 29]
    sides = {Direction.LOWER: HIGH_ONLY, Direction.HIGHER: LOW_ONLY, Direction.BAND: TWO_SIDED}
    for direction, thresholds in sides.items():
        worse = query_aging(direction=direction, comparison=Comparison(Sides.WORSE))
        one = units_funnel(worse, *numbers)
        assert one is not None
        assert one.thresholds == thresholds
    both_sides = query_aging(comparison=Comparison(minimum_numerator=3))
    enough = units_funnel(both_sides, *numbers)
    assert enough is not None
    assert enough.thresholds == TWO_SIDED
    assert [one is not None for one in enough.flag.tolist()] == [True, True, False]
    low = units_funnel(query_aging(comparison=Comparison(minimum_numerator=4)), *numbers)
    assert low is not None
    assert [one is not None for one in low.flag.tolist()] == [False, True, False]
    assert units_funnel(MEDIAN, *numbers) is None


def test_months_of_a_median_do_not_add_up() -> None:
    quotient = defined("ratio", ("queries",), factor=7)
    assert [adds_up(one) for one in (SHARE, RATE, quotient, MEDIAN)] == [True, True, True, False]
    assert funnel_kind(quotient) is None
    assert scale_of(quotient) == 7


def test_what_adds_up_is_numerator_over_denominator_times_its_factor() -> None:
    for definition in load_catalogue().values():
        if not adds_up(definition):
            continue
        for example in definition.examples:
            if example.value is not None and example.denominator:
                ratio = (example.numerator or 0) / example.denominator
                assert scale_of(definition) * ratio == pytest.approx(example.value)
