"""Intervals against scipy's own, by hand, and at their ends."""

import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from kpis.engine.statistics.intervals import poisson_interval, wilson_interval


@given(whole=st.integers(1, 5000), share=st.floats(0, 1), level=st.sampled_from([0.8, 0.95, 0.99]))
def test_wilson_agrees_with_scipy(whole: int, share: float, level: float) -> None:
    cases = round(share * whole)
    expected = scipy.stats.binomtest(cases, whole).proportion_ci(level, method="wilson")
    found = wilson_interval(cases, whole, level=level)
    assert found == pytest.approx((expected.low, expected.high), abs=1e-12)


@given(events=st.integers(0, 3000), exposure=st.floats(0.1, 1e6))
def test_poisson_leaves_a_fortieth_on_either_side(events: int, exposure: float) -> None:
    found = poisson_interval(events, exposure)
    assert found is not None
    # At the low end so many events or more have a chance of 2.5 %, at the high end so few.
    if events:
        assert scipy.stats.poisson.sf(events - 1, found.low * exposure) == pytest.approx(0.025)
    else:
        assert found.low == 0.0
    assert scipy.stats.poisson.cdf(events, found.high * exposure) == pytest.approx(0.025)


def test_ends_by_hand() -> None:
    # 10 of 100: centre (0.1 + 1.9208/100)/1.038416, half 1.96·√(0.0009 + 0.000096)/1.038416.
    assert wilson_interval(10, 100) == pytest.approx((0.0552, 0.1744), abs=1e-4)
    assert wilson_interval(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson_interval(10, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)
    # No event in 100 days: up to −ln(0.025) = 3.689 events would not be surprising.
    assert poisson_interval(0, 100) == pytest.approx((0.0, 0.03689), abs=1e-5)
    assert poisson_interval(10, 1) == pytest.approx((4.795, 18.390), abs=1e-3)  # printed tables


def test_nothing_to_judge_by_has_no_interval() -> None:
    assert wilson_interval(0, 0) is None
    assert poisson_interval(3, 0) is None


@pytest.mark.parametrize(("cases", "whole"), [(3, 2), (-1, 5), (1, 0)])
def test_what_is_no_part_is_refused(cases: int, whole: int) -> None:
    with pytest.raises(ValueError, match="part of the whole"):
        wilson_interval(cases, whole)


def test_fewer_than_no_events_are_refused() -> None:
    with pytest.raises(ValueError, match="no events"):
        poisson_interval(-1, 5)
