"""Rates of sites: the fit against scipy's own maximiser, shrinkage, and what cannot be told."""

import math

import numpy as np
import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from kpis.engine.statistics.site_rates import (
    USUAL_SHAPE,
    SiteHistory,
    SiteRates,
    log_likelihood,
    posterior,
    site_rates,
)

UNEVEN = [(0, 200), (1, 320), (9, 310), (2, 90), (14, 280), (0, 60), (5, 150), (3, 400)]
HISTORIES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 700)), min_size=5, max_size=30)


def histories(pairs: list[tuple[int, int]]) -> list[SiteHistory]:
    return [SiteHistory(count, days) for count, days in pairs]


def slow_log_likelihood(shape: float, rate: float, pairs: list[tuple[int, int]]) -> float:
    """Each site's count as scipy's negative binomial has it."""
    return sum(
        float(scipy.stats.nbinom(shape, rate / (rate + days)).logpmf(count))
        for count, days in pairs
    )


def test_the_likelihood_is_that_of_negative_binomial_counts() -> None:
    counts, days = (np.array(column, float) for column in zip(*UNEVEN, strict=True))
    found = log_likelihood(np.array([0.8, 2.5]), np.array([40.0, 90.0]), counts, days)
    expected = [slow_log_likelihood(0.8, 40, UNEVEN), slow_log_likelihood(2.5, 90, UNEVEN)]
    assert found.tolist() == pytest.approx(expected)


def test_the_fit_is_the_maximum() -> None:
    found = site_rates(histories(UNEVEN))
    assert found is not None
    assert found.estimated
    best = scipy.optimize.minimize(
        lambda at: -slow_log_likelihood(math.exp(at[0]), math.exp(at[1]), UNEVEN),
        x0=[0.0, 4.0],
        method="Nelder-Mead",
        options={"xatol": 1e-8, "fatol": 1e-11},
    )
    assert found.shape == pytest.approx(math.exp(best.x[0]), rel=1e-3)
    assert found.mean == pytest.approx(math.exp(best.x[0] - best.x[1]), rel=1e-3)


@given(pairs=HISTORIES.filter(lambda pairs: any(count for count, _ in pairs)))
def test_shrunk_rates_lie_between_the_sites_own_and_the_common_one(
    pairs: list[tuple[int, int]],
) -> None:
    sites = histories(pairs)
    found = site_rates(sites)
    assert found is not None
    for one in sites:
        own, shrunk = one.enrolled / one.days, posterior(found, one, 1.0)
        low, high = sorted((own, found.mean))
        assert low * (1 - 1e-9) <= shrunk.mean <= high * (1 + 1e-9)
        assert shrunk.variance > 0
    # At the maximum the shrunk rates reproduce what was enrolled.
    told = sum(posterior(found, one, 1.0).mean * one.days for one in sites)
    assert told == pytest.approx(sum(one.enrolled for one in sites), rel=1e-6)


def test_a_site_with_many_days_keeps_its_own_rate() -> None:
    sites = histories([*UNEVEN, (0, 3)])
    found = site_rates(sites)
    assert found is not None
    busy, new = (posterior(found, sites[place], 1.0).mean for place in (4, -1))
    assert abs(busy - 14 / 280) < abs(busy - found.mean)
    assert new == pytest.approx(found.mean, rel=0.1)


def test_stated_rates_are_corrected_by_what_was_observed() -> None:
    """Everybody promised twice of what came: a site that is not open yet is halved."""
    sites = [SiteHistory(count, 100, stated=count / 50) for count in (2, 4, 6, 8, 10)]
    found = site_rates([*sites, SiteHistory(0, 0, stated=0.3), SiteHistory(0, 0)])
    assert found is not None
    assert found.weights[-2:] == (0.3, found.usual_weight)
    ahead = posterior(found, SiteHistory(0, 0, 0.3), 0.3)
    assert ahead.mean == pytest.approx(0.15, rel=1e-2)
    assert ahead.mean == pytest.approx(0.3 * found.mean)


def test_few_sites_cannot_tell_how_much_they_differ() -> None:
    found = site_rates(histories([(3, 100), (9, 100)]))
    assert found is not None
    assert (found.shape, found.estimated) == (USUAL_SHAPE, False)
    assert found.mean == pytest.approx(0.06)


@pytest.mark.parametrize("sites", [[], [SiteHistory(0, 90)], [SiteHistory(0, 0)]])
def test_without_a_participant_there_is_no_rate(sites: list[SiteHistory]) -> None:
    assert site_rates(sites) is None


@pytest.mark.parametrize("wrong", [SiteHistory(-1, 3), SiteHistory(1, -3), SiteHistory(1, 0)])
def test_impossible_histories_are_refused(wrong: SiteHistory) -> None:
    with pytest.raises(ValueError, match="days it is open"):
        site_rates([wrong])


def test_alike_sites_have_a_narrow_distribution() -> None:
    found = site_rates(histories([(10, 100)] * 8))
    assert isinstance(found, SiteRates)
    assert found.shape > 1000
