"""Control charts against slow twins and by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.engine.statistics.control import (
    ChartKind,
    Rebase,
    p_chart,
    u_chart,
    xmr_chart,
)
from tests.engine.statistics import twins

VALUES = st.lists(st.integers(0, 40).map(lambda n: n / 4), min_size=8, max_size=30)
# mean 12, moving ranges 2 1 2 2 1 2 2 1 2 2 2 (19 / 11)
BY_HAND = [11, 13, 12, 14, 12, 11, 13, 11, 12, 10, 12, 14]


def test_xmr_by_hand() -> None:
    chart = xmr_chart(BY_HAND)
    centre, moved = 145 / 12, 19 / 11
    assert chart.centre.tolist() == pytest.approx([centre] * 12)
    assert chart.lower[0] == pytest.approx(centre - 2.66 * moved)  # 7.49
    assert chart.upper[0] == pytest.approx(centre + 2.66 * moved)  # 16.68
    assert chart.range_limit[0] == pytest.approx(3.267 * moved)
    assert chart.ranges.tolist() == [None, 2, 1, 2, 2, 1, 2, 2, 1, 2, 2, 2]
    assert [(one.first, one.last, one.kind, one.provisional) for one in chart.phases] == [
        (0, 11, ChartKind.XMR, False)
    ]
    assert chart.last == chart.phases[0]


@given(values=VALUES)
def test_xmr_agrees_with_its_twin(values: list[float]) -> None:
    chart = xmr_chart(values)
    found = (chart.centre[-1], chart.lower[-1], chart.upper[-1])
    assert found == pytest.approx(twins.xmr(values))
    sigma = (twins.xmr(values)[2] - twins.xmr(values)[0]) / 3
    places = [(x - chart.centre[0]) / sigma if sigma else 0.0 for x in values]
    assert chart.place.tolist() == pytest.approx(places, abs=1e-9)


@given(pairs=st.lists(st.tuples(st.integers(0, 9), st.integers(9, 90)), min_size=8, max_size=20))
def test_limits_of_p_and_u_widen_with_fewer_cases(pairs: list[tuple[int, int]]) -> None:
    top, bottom = zip(*pairs, strict=True)
    mean = sum(top) / sum(bottom)
    for chart, spare in ((p_chart(top, bottom), 1 - mean), (u_chart(top, bottom), 1.0)):
        half = [3 * math.sqrt(mean * spare / n) for n in bottom]
        assert chart.centre.tolist() == pytest.approx([mean] * len(pairs))
        assert chart.upper.tolist() == pytest.approx([mean + one for one in half])
        assert chart.lower.tolist() == pytest.approx([mean - one for one in half])
        assert chart.range_limit.tolist() == [None] * len(pairs)


def test_fewer_than_eight_points_are_a_run_chart() -> None:
    chart = xmr_chart([3, 9, 4, 5, 4, 6, 4])
    assert chart.phases[0].kind is ChartKind.RUN
    assert chart.centre.tolist() == [4.0] * 7  # the median
    assert chart.lower.tolist() == chart.place.tolist() == [None] * 7
    eight = xmr_chart([3, 9, 4, 5, 4, 6, 4, 5])
    assert (eight.phases[0].kind, eight.phases[0].provisional) == (ChartKind.XMR, True)
    empty = xmr_chart([])
    assert (empty.phases, empty.last, len(empty.values)) == ((), None, 0)


def test_limits_begin_anew_only_for_a_reason() -> None:
    moved = Rebase(12, "Protocol amendment 2 halves the visits.")
    late = Rebase(99, "Not reached yet.")
    chart = xmr_chart([*BY_HAND, *(x / 2 for x in BY_HAND)], rebases=[late, moved])
    assert [(one.first, one.last, one.reason) for one in chart.phases] == [
        (0, 11, ""),
        (12, 23, moved.reason),
    ]
    assert chart.upper[12] == pytest.approx(chart.upper[0] / 2)
    assert chart.ranges[12] is np.ma.masked  # the step between phases is no range
    short = xmr_chart([*BY_HAND, 5, 6], rebases=[moved])
    assert (short.phases[1].kind, short.centre[-1]) == (ChartKind.RUN, 5.5)
    with pytest.raises(ValueError, match="say why"):
        Rebase(3, " ")
    with pytest.raises(ValueError, match="after the first"):
        Rebase(0, "At once.")


def test_what_never_moves_has_no_width() -> None:
    assert xmr_chart([0.1] * 9).place.tolist() == [0.0] * 9
    assert p_chart([0] * 9, [5] * 9).place.tolist() == [0.0] * 9


def test_a_month_without_a_denominator_is_no_point() -> None:
    with pytest.raises(ValueError, match="no point"):
        p_chart([1, 0], [3, 0])
