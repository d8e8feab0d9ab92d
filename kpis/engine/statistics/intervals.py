"""How sure a value is: 95 % intervals of a proportion and of a rate.

Sources: Wilson, Probable inference (JASA 22, 1927), the score interval, which stays within 0 and 1
and holds its level with few cases; Garwood, Fiducial limits for the Poisson distribution
(Biometrika 28, 1936), the exact interval of a count, over its exposure.
"""

import math
from statistics import NormalDist
from typing import NamedTuple

import scipy  # its parts load when they are first used, which keeps the start of a process short

LEVEL = 0.95


class Interval(NamedTuple):
    """Low and high end, both included."""

    low: float
    high: float


def wilson_interval(cases: float, whole: float, *, level: float = LEVEL) -> Interval | None:
    """Return the interval of the proportion cases / whole (0 to 1); None without a whole.

    ValueError where the cases are no part of the whole.
    """
    if not 0 <= cases <= max(whole, 0):
        raise ValueError("the cases must be a part of the whole")
    if whole == 0:
        return None
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = cases / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    spare = share * (1 - share) / whole + z * z / (4 * whole * whole)
    half = z * math.sqrt(spare) / (1 + z * z / whole)
    # With no case, or nothing but cases, the end is exact; rounding would leave it beside 0 or 1.
    low = 0.0 if cases == 0 else max(middle - half, 0.0)
    return Interval(low, 1.0 if cases == whole else min(middle + half, 1.0))


def poisson_interval(events: float, exposure: float, *, level: float = LEVEL) -> Interval | None:
    """Return the interval of the rate events / exposure; None without exposure.

    ValueError for a number of events that is none.
    """
    if events < 0:
        raise ValueError("there cannot be fewer than no events")
    if exposure <= 0:
        return None
    tail = (1 - level) / 2
    low = float(scipy.special.gammaincinv(events, tail)) if events else 0.0
    high = float(scipy.special.gammainccinv(events + 1, tail))
    return Interval(low / exposure, high / exposure)
