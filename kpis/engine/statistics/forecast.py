"""How enrolment goes on: bands of participants to come, and the day of the last one.

Source as in `site_rates.py`, and Anisimov, Statistical modeling of clinical trials (recruitment and
randomization) (Communications in Statistics 40, 2011). With xᵢ(t) the days for which site i is open
up to day t from now, the rate of all sites together has

    mean  M(t) = Σ mᵢ·xᵢ(t)        variance  V(t) = Σ vᵢ·xᵢ(t)²

with mᵢ, vᵢ the mean and variance of each site's own rate. It is taken as a gamma variable with
these two moments, which is exact where all sites are alike; a handful of sites as uneven as can be
moves the ends of the 95 % band by less than a tenth (see the simulation in the tests). The
participants to come are then negative binomial, and every figure here is in closed form: no random
number is drawn. The day of the last participant is the first on which enough are enrolled,
P(T ≤ t) = P(N(t) ≥ missing).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import scipy  # its parts load when they are first used

from kpis.engine.shapes import Array
from kpis.engine.statistics.site_rates import SiteHistory, SiteRates, posterior

HORIZON = 3650  # days looked ahead
LEVELS = (0.025, 0.1, 0.5, 0.9, 0.975)  # ends of the 95 and 80 % bands around the median
TINY = 1e-9  # of the mean: a variance below it is that of a Poisson process


@dataclass(frozen=True)
class Opening:
    """A site ahead: its history, its weight, and the days from now on which it is open.

    `begins` is 0 for one that is open now; `ends` None where no day of closure is known.
    """

    history: SiteHistory
    weight: float
    begins: int = 0
    ends: int | None = None


@dataclass(frozen=True)
class Bands:
    """Participants enrolled in all at the end of some days: for each of LEVELS a series."""

    days: tuple[date, ...]
    levels: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class LastIn:
    """The day of the last participant at each of the LEVELS; None for one beyond the horizon."""

    days: tuple[date | None, ...]

    @property
    def median(self) -> date | None:
        """The day that is as likely too early as too late."""
        return self.days[2]


def enrolment_bands(
    openings: Sequence[Opening],
    rates: SiteRates,
    *,
    enrolled: int,
    today: date,
    days: Sequence[int],
) -> Bands:
    """Return the bands at so many days from `today`, counted on from those `enrolled`."""
    mean, variance = _moments(openings, rates, np.asarray(days, float))
    quantiles = tuple(
        tuple(enrolled + _quantile(level, m, v) for m, v in zip(mean, variance, strict=True))
        for level in LEVELS
    )
    return Bands(tuple(today + timedelta(days=one) for one in days), quantiles)


def last_in(
    openings: Sequence[Opening], rates: SiteRates, *, enrolled: int, target: int, today: date
) -> LastIn:
    """Return when the `target` is reached; today where it is reached already."""
    missing = target - enrolled
    if missing <= 0:
        return LastIn((today,) * len(LEVELS))
    ahead = np.arange(1, HORIZON + 1)
    mean, variance = _moments(openings, rates, ahead.astype(float))
    reached = np.maximum.accumulate(at_least(missing, mean, variance))
    places = np.searchsorted(reached, LEVELS)
    return LastIn(
        tuple(
            today + timedelta(days=int(ahead[place])) if place < HORIZON else None
            for place in places.tolist()
        )
    )


def at_least(count: int, mean: Array, variance: Array) -> Array:
    """Return P(N ≥ count), count above 0, for mixed Poisson counts of these moments of the rate."""
    found = np.zeros(len(mean))
    even = (mean > 0) & (variance <= TINY * mean)
    mixed = variance > TINY * mean
    found[even] = scipy.special.gammainc(count, mean[even])
    shape = mean[mixed] ** 2 / variance[mixed]
    part = variance[mixed] / (mean[mixed] + variance[mixed])
    found[mixed] = scipy.special.betainc(count, shape, part)
    return found


def _quantile(level: float, mean: float, variance: float) -> int:
    """Return the least n with P(N ≤ n) ≥ level, by halving."""
    m, v = np.array([mean]), np.array([variance])
    low, high = -1, 1  # P(N ≤ low) < level ≤ P(N ≤ high)
    while 1 - at_least(high + 1, m, v)[0] < level:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        enough = 1 - at_least(middle + 1, m, v)[0] >= level
        low, high = (low, middle) if enough else (middle, high)
    return high


def _moments(openings: Sequence[Opening], rates: SiteRates, days: Array) -> tuple[Array, Array]:
    """Return mean and variance of the participants' expected number at each of the days."""
    together: dict[tuple[int, int | None], tuple[float, float]] = {}
    for one in openings:
        own = posterior(rates, one.history, one.weight)
        m, v = together.get((one.begins, one.ends), (0.0, 0.0))
        together[one.begins, one.ends] = (m + own.mean, v + own.variance)
    mean, variance = np.zeros(len(days)), np.zeros(len(days))
    for (begins, ends), (m, v) in together.items():
        until = days if ends is None else np.minimum(days, ends)
        open_for = np.maximum(until - begins, 0.0)
        mean += m * open_for
        variance += v * open_for**2
    return mean, variance
