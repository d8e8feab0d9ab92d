"""The Kaplan-Meier curve, its quantiles and the interval of its median.

Source: Kaplan and Meier, Nonparametric estimation from incomplete observations (JASA 53, 1958);
variance of Greenwood (1926); interval of the median by Brookmeyer and Crowley (Biometrics 38,
1982) on the log-log scale. The tests hold it against a slow twin and against scipy's own curve.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kpis.engine.shapes import Array

Z_95 = 1.959963984540054  # 97.5 % of a normal distribution lies below
TINY = 1e-12  # rounding of a product of shares


@dataclass(frozen=True)
class Survival:
    """A Kaplan-Meier curve. Mappings go from day (as text, rising) to a number.

    `survival` is the share not yet ended after each day on which a case ended, `at_risk` the cases
    watched on that day, `censored` the cases last seen open on a day. `steps` holds day, share and
    the variance sum of Greenwood. `longest` is the longest time seen, None without cases.
    """

    survival: Mapping[str, float]
    at_risk: Mapping[str, int]
    censored: Mapping[str, int]
    steps: tuple[tuple[int, float, float], ...]
    longest: int | None

    def quantile(self, share: float) -> int | None:
        """Return the first day by which at least `share` have ended; None when not reached."""
        return next((day for day, left, _ in self.steps if left <= 1 - share + TINY), None)

    def interval(self, share: float) -> tuple[int | None, int | None]:
        """Return the 95 % interval of the quantile; None for an end that is not reached.

        The days on which the pointwise log-log band covers what is then left (Brookmeyer and
        Crowley).
        """
        bands = [(day, *_log_log_band(left, variance)) for day, left, variance in self.steps]
        low = next((day for day, lower, _ in bands if lower <= 1 - share + TINY), None)
        return low, next((day for day, _, upper in bands if upper <= 1 - share + TINY), None)


def kaplan_meier(days: Array, *, ended: Array) -> Survival:
    """Return the curve of cases watched for `days`, of which the `ended` ones ended then.

    On a day with both, ends come before cases last seen open.
    """
    unique, place = np.unique(days, return_inverse=True)
    deaths = np.bincount(place[ended], minlength=len(unique))
    leaving = np.bincount(place, minlength=len(unique))
    watched = len(days) - np.cumsum(leaving) + leaving
    share, variance = 1.0, 0.0
    steps = []
    for day, died, alive in zip(unique.tolist(), deaths.tolist(), watched.tolist(), strict=True):
        if died:
            share *= 1 - died / alive
            variance += died / (alive * (alive - died)) if alive > died else 0.0
            steps.append((day, share, variance))
    return Survival(
        survival={str(day): left for day, left, _ in steps},
        at_risk={
            str(day): alive
            for day, alive, died in zip(
                unique.tolist(), watched.tolist(), deaths.tolist(), strict=True
            )
            if died
        },
        censored={
            str(day): number
            for day, number in zip(unique.tolist(), (leaving - deaths).tolist(), strict=True)
            if number
        },
        steps=tuple(steps),
        longest=int(unique[-1]) if len(unique) else None,
    )


def _log_log_band(left: float, variance: float) -> tuple[float, float]:
    """Return the 95 % band at one step; with nobody left it reaches down to 0 and says no more."""
    if left <= TINY:
        return 0.0, 1.0
    width = Z_95 * math.sqrt(variance) / abs(math.log(left))
    return left ** math.exp(width), left ** math.exp(-width)
