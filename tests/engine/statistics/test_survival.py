"""The Kaplan-Meier curve against scipy's, which was written by others."""

import numpy as np
import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from kpis.engine.statistics import kaplan_meier

CASES = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=40)


@given(cases=CASES.filter(lambda cases: any(ended for _, ended in cases)))
def test_the_curve_agrees_with_scipy(cases: list[tuple[int, bool]]) -> None:
    days, ended = np.array([day for day, _ in cases]), np.array([end for _, end in cases])
    found = kaplan_meier(days, ended=ended)
    curve = scipy.stats.ecdf(
        scipy.stats.CensoredData(uncensored=days[ended], right=days[~ended])
    ).sf
    at = [float(day) for day, _, _ in found.steps]
    assert [left for _, left, _ in found.steps] == pytest.approx(
        curve.evaluate(at).tolist(), abs=1e-12
    )
    reached = [day for day in at if curve.evaluate(day) <= 0.5 + 1e-12]
    assert found.quantile(0.5) == (reached[0] if reached else None)


def test_the_interval_of_the_median_is_where_scipys_band_covers_one_half() -> None:
    days = np.array([3, 5, 8, 8, 12, 15, 21, 22, 30, 41, 44, 50, 61, 70, 90])
    ended = np.array([True] * 12 + [False] * 3)
    found = kaplan_meier(days, ended=ended)
    curve = scipy.stats.ecdf(
        scipy.stats.CensoredData(uncensored=days[ended], right=days[~ended])
    ).sf
    band = curve.confidence_interval(0.95, method="log-log")
    steps = [day for day, _, _ in found.steps]
    expected = tuple(
        next((day for day in steps if side.evaluate(day) <= 0.5), None)
        for side in (band.low, band.high)
    )
    assert found.interval(0.5) == expected
    assert found.quantile(0.5) == 22
