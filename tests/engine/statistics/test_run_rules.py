"""The run rules, each by hand, and all against a slow twin that looks through every window."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.engine.statistics.control import Rebase, xmr_chart
from kpis.engine.statistics.run_rules import Rule, Side, Signal, signals, signals_at
from tests.engine.statistics import twins

LEVEL = [10.0, 12, 11, 9, 10, 12, 9, 11]  # common cause: mean 10.5


@given(st.lists(st.integers(0, 8), min_size=8, max_size=26).map(lambda v: [float(x) for x in v]))
def test_every_window_agrees(values: list[float]) -> None:
    chart = xmr_chart(values)
    found = signals(chart)
    for side, sign in ((Side.HIGH, 1), (Side.LOW, -1)):
        expected = twins.stands_out(values, chart.place.tolist(), sign)
        for rule in Rule:
            mine = [one.points for one in found if one.rule is rule and one.side is side]
            assert {at for points in mine for at in points} == expected[rule.value]


def test_common_cause_says_nothing() -> None:
    assert signals(xmr_chart(LEVEL)) == ()


@pytest.mark.parametrize(
    ("values", "rule", "side", "points"),
    [
        # mean 13.8, moving ranges 2 1 2 1 2 3 2 29 (42/8 = 5.25): limits −0.2 and 27.7
        ([*LEVEL, 40], Rule.BEYOND, Side.HIGH, (8,)),
        ([10, 12, 9, 11, 6, 5, 6, 5, 6, 5, 6, 5], Rule.SHIFT, Side.LOW, tuple(range(4, 12))),
        ([5, 9, 4, 8, 5, 6, 7, 8, 9, 10], Rule.TREND, Side.HIGH, (4, 5, 6, 7, 8, 9)),
        # mean 10.3, mean range 6.8/12: the outer third begins at 11.3
        ([10, 10, 10, 10, 11, 10, 10, 10, 10, 10, 11.6, 10, 11.6], Rule.NEAR, Side.HIGH, (10, 12)),
    ],
)
def test_each_rule(values: list[float], rule: Rule, side: Side, points: tuple[int, ...]) -> None:
    found = signals(xmr_chart(values))
    assert Signal(rule, side, points) in found
    assert {one.words for one in signals_at(found, points[-1]) if one.rule is rule} == {
        Signal(rule, side, points).words
    }
    assert rule not in {one.rule for one in signals_at(found, points[0] - 1)}


def test_equal_neighbours_and_the_centre_end_a_run() -> None:
    rising = [5, 9, 4, 8, 5, 6, 7, 7, 8, 9]
    assert not any(one.rule is Rule.TREND for one in signals(xmr_chart(rising)))
    # Seven below, one on the centre (0), seven above.
    around = xmr_chart([-1.0, -2] * 3 + [-1, 0, 1] + [2.0, 1] * 3)
    assert not any(one.rule is Rule.SHIFT for one in signals(around))


def test_two_signals_of_one_rule_stay_apart() -> None:
    values = [10.0] * 4 + [14, 14] + [10] * 9 + [14, 14] + [10] * 4
    near = [one.points for one in signals(xmr_chart(values)) if one.rule is Rule.NEAR]
    assert near == [(4, 5), (15, 16)]


def test_a_signal_lies_within_one_phase() -> None:
    values = [*LEVEL, *(x + 50 for x in LEVEL)]
    assert signals(xmr_chart(values)) != ()
    again = xmr_chart(values, rebases=[Rebase(8, "A second site management organisation began.")])
    assert signals(again) == ()
    short = xmr_chart([*LEVEL, 60, 61], rebases=[Rebase(8, "Too early to tell.")])
    assert signals(short) == ()
