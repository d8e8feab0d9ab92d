"""Enrolment to come: closed forms against scipy, a plain simulation, and the plan of openings."""

from datetime import date, timedelta

import numpy as np
import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from kpis.engine.statistics.forecast import (
    LEVELS,
    Bands,
    LastIn,
    Opening,
    at_least,
    enrolment_bands,
    last_in,
)
from kpis.engine.statistics.site_rates import SiteHistory, SiteRates, posterior

TODAY = date(2026, 10, 31)
RATES = SiteRates(shape=1.8, rate=60.0, estimated=True, weights=(), usual_weight=1.0)
FRESH = SiteHistory(0, 0)
MIXED = [
    Opening(SiteHistory(12, 300), 1.0),
    Opening(SiteHistory(1, 250), 1.0, ends=40),
    Opening(SiteHistory(0, 120), 1.0),
    Opening(FRESH, 1.0, begins=30),
    Opening(FRESH, 1.0, begins=75),
    Opening(FRESH, 2.0, begins=75),
]


def bands(openings: list[Opening], days: list[int], enrolled: int = 0) -> Bands:
    return enrolment_bands(openings, RATES, enrolled=enrolled, today=TODAY, days=days)


def test_one_site_is_exactly_negative_binomial() -> None:
    found = bands([Opening(FRESH, 1.0)], [90], enrolled=7)
    exact = scipy.stats.nbinom(1.8, 60 / (60 + 90))
    assert found.levels == tuple((7 + int(exact.ppf(level)),) for level in LEVELS)
    assert found.days == (TODAY + timedelta(days=90),)


@given(st.integers(1, 60), st.floats(0.1, 200), st.floats(0.01, 400))
def test_the_chance_of_enough_is_scipys(count: int, mean: float, variance: float) -> None:
    shape = mean**2 / variance
    exact = scipy.stats.nbinom(shape, mean / (mean + variance)).sf(count - 1)
    found = at_least(count, np.array([mean]), np.array([variance]))[0]
    assert found == pytest.approx(float(exact), abs=1e-9)


def test_without_any_spread_the_counts_are_poisson() -> None:
    found = at_least(4, np.array([5.0, 0.0]), np.array([0.0, 0.0]))
    assert found.tolist() == pytest.approx([float(scipy.stats.poisson(5).sf(3)), 0.0])


def simulated(days: int, *, target: int, runs: int = 20_000) -> tuple[list[float], list[float]]:
    """Draw a rate for each site, then its days one after the other; no formula."""
    rng = np.random.default_rng(7)
    arrivals = np.zeros((runs, days))
    for one in MIXED:
        shape = RATES.shape + one.history.enrolled
        rate = RATES.rate + one.weight * one.history.days
        own = one.weight * rng.gamma(shape, 1 / rate, runs)
        until = days if one.ends is None else one.ends
        for day in range(one.begins, until):
            arrivals[:, day] += rng.poisson(own)
    totals = arrivals.cumsum(axis=1)
    reached = np.where(totals[:, -1] >= target, (totals >= target).argmax(axis=1) + 1, days + 1)
    return (
        np.quantile(totals[:, -1], LEVELS).tolist(),
        np.quantile(reached, LEVELS).tolist(),
    )


def test_bands_and_last_day_agree_with_a_simulation() -> None:
    counts, days = simulated(400, target=20)
    found = [series[0] for series in bands(MIXED, [400]).levels]
    assert found == pytest.approx(counts, rel=0.08)  # a handful of sites as uneven as can be
    ends = last_in(MIXED, RATES, enrolled=0, target=20, today=TODAY)
    told = [(day - TODAY).days for day in ends.days if day]
    assert told == pytest.approx(days, rel=0.08)
    assert ends.median == ends.days[2]


def test_a_site_that_opens_later_adds_nothing_before() -> None:
    later = [Opening(FRESH, 1.0, begins=50)]
    found = bands(later, [50, 51, 300])
    assert {series[0] for series in found.levels} == {0}
    assert found.levels[2][2] > 0


@given(st.lists(st.integers(0, 500), min_size=1, max_size=6))
def test_bands_lie_in_each_other_and_grow(days: list[int]) -> None:
    found = bands(MIXED, sorted(days), enrolled=3)
    for series in found.levels:
        assert list(series) == sorted(series)
        assert series[0] >= 3
    for levels in zip(*found.levels, strict=True):
        assert list(levels) == sorted(levels)


def test_a_target_that_is_reached_or_out_of_reach() -> None:
    assert last_in(MIXED, RATES, enrolled=9, target=9, today=TODAY) == LastIn((TODAY,) * 5)
    never = last_in([Opening(FRESH, 1.0, ends=10)], RATES, enrolled=0, target=400, today=TODAY)
    assert never.days == (None,) * 5


def test_a_site_speaks_for_itself_the_longer_it_was_open() -> None:
    slow = posterior(RATES, SiteHistory(0, 900), 1.0)
    quick = posterior(RATES, SiteHistory(90, 900), 1.0)
    assert slow.mean < RATES.mean / 10
    assert quick.mean == pytest.approx(0.1, rel=0.06)
