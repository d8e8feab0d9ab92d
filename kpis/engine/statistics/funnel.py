"""Units compared fairly: a funnel with multiplicative over-dispersion, by normal approximation.

Sources: Spiegelhalter, Funnel plots for comparing institutional performance (Statistics in Medicine
24, 2005), and the arithmetic of the open R packages gsm.core and gsm.kri, restated. With centre
µ = Σ numerators / Σ denominators, each unit's value x and denominator d:

    proportion   z₀ = (x − µ) / √(µ(1 − µ) / d)
    rate         z₀ = (x − µ) / √(µ / d)
    φ = mean of z₀²,   score z = z₀ / √φ,   bounds  µ ± k·√φ·(standard error at d)

φ says how much more units differ than chance alone would have it. It is estimated from all units
with a denominator, also those below the minimum, and not held above 1, as gsm does. Units without a
denominator have no value and take no part, nor do their numerators. Few units cannot tell how much
units differ: with fewer than `least_units` φ is taken as 1 (default, not an industry standard).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kpis.engine.shapes import Array
from kpis.engine.statistics.grouped import spread

LEAST_UNITS = 5
NOTHING = 1e-20  # a φ below this is rounding: the units do not differ at all


class FunnelKind(StrEnum):
    """What is compared: counted cases of counted cases, or events over exposure."""

    PROPORTION = "proportion"
    RATE = "rate"


class Counted(StrEnum):
    """What must reach the minimum before a unit is judged."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    DIFFERENCE = "difference"  # denominator − numerator


@dataclass(frozen=True)
class Thresholds:
    """Rising cuts of the score and the flag of each stretch between them, one more than cuts.

    A score on a cut belongs to the stretch above it, as gsm has it.
    """

    cuts: tuple[float, ...]
    flags: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse cuts that do not rise, and flags that do not fit them."""
        if list(self.cuts) != sorted(set(self.cuts)):
            raise ValueError("the cuts of a funnel must rise")
        if len(self.flags) != len(self.cuts) + 1:
            raise ValueError("a funnel needs one flag more than cuts")


TWO_SIDED = Thresholds((-3.0, -2.0, 2.0, 3.0), (-2, -1, 0, 1, 2))
HIGH_ONLY = Thresholds((2.0, 3.0), (0, 1, 2))
LOW_ONLY = Thresholds((-3.0, -2.0), (-2, -1, 0))


@dataclass(frozen=True)
class LeastCount:
    """A unit is scored from `least` on."""

    least: float
    counted: Counted = Counted.DENOMINATOR


@dataclass(frozen=True)
class Funnel:
    """Arrays with one entry per unit, in the order given.

    `value` is masked without a denominator, `score` and `flag` also below the minimum;
    `score_before` is the score without regard to it. `centre` is None without any denominator.
    `factor` is φ; `estimated` is False where it was taken as 1.
    """

    kind: FunnelKind
    thresholds: Thresholds
    centre: float | None
    factor: float
    estimated: bool
    value: Array
    score_before: Array
    score: Array
    flag: Array

    def bounds(self, denominators: Array) -> dict[float, Array]:
        """Return cut → bound of the value at each denominator (all above 0), 0 the centre itself.

        A bound below 0 means nothing and is masked; so is one above 1 for a proportion.
        """
        if self.centre is None:
            return {}
        error = np.sqrt(self.factor) * _standard_error(self.kind, self.centre, denominators)
        top = 1.0 if self.kind is FunnelKind.PROPORTION else np.inf
        lines = {cut: self.centre + cut * error for cut in sorted({*self.thresholds.cuts, 0.0})}
        return {
            cut: np.ma.MaskedArray(line, mask=(line < 0) | (line > top))
            for cut, line in lines.items()
        }


def funnel(
    numerators: Array | Sequence[float],
    denominators: Array | Sequence[float],
    *,
    kind: FunnelKind,
    thresholds: Thresholds = TWO_SIDED,
    least: Sequence[LeastCount] = (),
    least_units: int = LEAST_UNITS,
) -> Funnel:
    """Return score and flag of each unit; a unit must reach every one of `least` to be judged.

    ValueError for a proportion with more than its whole.
    """
    top, bottom = np.asarray(numerators, float), np.asarray(denominators, float)
    there = bottom > 0
    if kind is FunnelKind.PROPORTION and bool((top[there] > bottom[there]).any()):
        raise ValueError("a proportion cannot have more cases in the part than in the whole")
    x, d = top[there] / bottom[there], bottom[there]
    centre = float(top[there].sum() / d.sum()) if len(d) else None
    flat = _standard_error(kind, centre or 0.0, d)
    even = not flat.any()  # nothing happened anywhere, or everything everywhere
    z = np.zeros(len(d)) if even else (x - (centre or 0.0)) / flat
    estimated = len(d) >= max(least_units, 1)
    factor = float(np.mean(z**2)) if estimated else 1.0
    score = z / np.sqrt(factor) if factor > NOTHING else np.zeros(len(d))
    judged = there.copy()
    for one in least:
        judged &= _counts(top, bottom, one.counted) >= one.least
    all_scores = spread(score, over=there)
    flags = np.array(thresholds.flags)[np.digitize(score, thresholds.cuts)]
    return Funnel(
        kind=kind,
        thresholds=thresholds,
        centre=centre,
        factor=factor,
        estimated=estimated,
        value=spread(x, over=there),
        score_before=all_scores,
        score=np.ma.MaskedArray(all_scores.data, mask=~judged),
        flag=np.ma.MaskedArray(spread(flags, over=there).data, mask=~judged),
    )


def _standard_error(kind: FunnelKind, centre: float, denominators: Array) -> Array:
    spare = 1 - centre if kind is FunnelKind.PROPORTION else 1.0
    return np.asarray(np.sqrt(centre * spare / denominators))


def _counts(top: Array, bottom: Array, counted: Counted) -> Array:
    if counted is Counted.NUMERATOR:
        return top
    return bottom if counted is Counted.DENOMINATOR else bottom - top
