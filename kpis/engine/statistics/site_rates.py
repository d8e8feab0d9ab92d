"""How fast sites enrol: a gamma distribution of their rates, and each site's own rate beside it.

Source: Anisimov and Fedorov, Modelling, prediction and adaptive adjustment of recruitment in
multicentre trials (Statistics in Medicine 26, 2007). Participants arrive at site i as a Poisson
process with rate wᵢ·λᵢ, and the λᵢ come from one gamma distribution:

    λᵢ ~ Gamma(shape α, rate β)                          kᵢ | λᵢ ~ Poisson(λᵢ·wᵢ·τᵢ)
    λᵢ | kᵢ ~ Gamma(α + kᵢ, β + wᵢ·τᵢ)                   τᵢ: days for which the site was open

wᵢ is the rate that a site stated before it began (1 for all where none did): α / β then says by how
much stated rates must be multiplied to meet the observed ones. α and β maximise the likelihood of
the counts, which are negative binomial (empirical Bayes), so that a site with few days borrows
from the others and one with many speaks for itself. How sure α and β are is not carried on, as in
the source. Fewer than five sites cannot tell how much sites differ: α is then taken as 1.5
(default, not an industry standard).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when they are first used

from kpis.engine.shapes import Array

LEAST_SITES = 5
USUAL_SHAPE = 1.5
SHAPES = (0.05, 5000.0)  # beyond the upper end sites are as good as equal
STEPS, ROUNDS, HALVINGS = 48, 4, 60


@dataclass(frozen=True)
class SiteHistory:
    """What a site did: `enrolled` in `days` open; `stated` is its rate a day as promised."""

    enrolled: int
    days: float
    stated: float | None = None


@dataclass(frozen=True)
class SiteRates:
    """The gamma distribution of rates a day, per unit of weight; `estimated`: α came from data.

    `weights` has an entry per site given; `usual_weight` is for a site that stated nothing.
    """

    shape: float
    rate: float
    estimated: bool
    weights: tuple[float, ...]
    usual_weight: float

    @property
    def mean(self) -> float:
        """The mean rate a day of a site with weight 1."""
        return self.shape / self.rate


@dataclass(frozen=True)
class Posterior:
    """What is known of one site's rate a day: mean and variance of a gamma distribution."""

    mean: float
    variance: float


def site_rates(sites: Sequence[SiteHistory]) -> SiteRates | None:
    """Fit the rates of sites that were open; None where nobody was enrolled or no site was open.

    ValueError for a negative count, a negative time, or participants of a site never open.
    """
    for one in sites:
        if min(one.enrolled, one.days) < 0 or (one.enrolled and not one.days):
            raise ValueError("a site enrols a number of participants in the days it is open")
    stated = [one.stated for one in sites if one.stated]
    usual = float(np.mean(stated)) if stated else 1.0
    weights = tuple(one.stated or usual for one in sites)
    counts = np.array([one.enrolled for one in sites if one.days], float)
    exposure = np.array(
        [weight * one.days for one, weight in zip(sites, weights, strict=True) if one.days]
    )
    if not counts.sum():
        return None
    estimated = len(counts) >= LEAST_SITES
    shape = _best_shape(counts, exposure) if estimated else USUAL_SHAPE
    return SiteRates(
        shape, float(_rate_for(np.array([shape]), counts, exposure)[0]), estimated, weights, usual
    )


def posterior(rates: SiteRates, one: SiteHistory, weight: float) -> Posterior:
    """Return a site's rate a day, shrunk towards what such sites do; `weight` is its own."""
    shape, rate = rates.shape + one.enrolled, rates.rate + weight * one.days
    return Posterior(weight * shape / rate, weight**2 * shape / rate**2)


def log_likelihood(shape: Array, rate: Array, counts: Array, exposure: Array) -> Array:
    """Return the log-likelihood of the counts for each pair of shape and rate."""
    a, b = shape[:, None], rate[:, None]
    gamma = scipy.special.gammaln
    terms = gamma(a + counts) - gamma(a) - gamma(counts + 1)
    terms = terms - a * np.log1p(exposure / b) + counts * np.log(exposure / (b + exposure))
    return np.asarray(terms.sum(axis=1))


def _best_shape(counts: Array, exposure: Array) -> float:
    """Search shapes on a grid of logarithms that closes in on the best one."""
    low, high = np.log(SHAPES[0]), np.log(SHAPES[1])
    best = low
    for _ in range(ROUNDS):
        grid = np.linspace(low, high, STEPS)
        shapes = np.exp(grid)
        found = log_likelihood(shapes, _rate_for(shapes, counts, exposure), counts, exposure)
        place = int(np.argmax(found))
        best = grid[place]
        low, high = grid[max(place - 1, 0)], grid[min(place + 1, STEPS - 1)]
    return float(np.exp(best))


def _rate_for(shapes: Array, counts: Array, exposure: Array) -> Array:
    """Return the best rate for each shape: the root of N·α = Σ (α + kᵢ)·β / (β + eᵢ) in β.

    The right side rises with β from 0 to N·α + Σ kᵢ, so the root is bracketed and single.
    """
    a = shapes[:, None]
    low = np.full(len(shapes), np.log(exposure.min()) - 30.0)
    high = np.full(len(shapes), np.log(exposure.max()) + 30.0)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        b = np.exp(middle)[:, None]
        above = ((a + counts) * b / (b + exposure)).sum(axis=1) > len(counts) * shapes
        high, low = np.where(above, middle, high), np.where(above, low, middle)
    return np.asarray(np.exp((low + high) / 2))
