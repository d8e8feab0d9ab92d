"""A ledger: cases as opening and leaving days, read once for any number of cut-offs.

What stands on a day is one comparison, and in engine order (unit, then opening) the ages of a unit
are sorted as they stand.
"""

from dataclasses import dataclass

import numpy as np

from kpis.engine.shapes import Array
from kpis.engine.statistics import grouped_quantile, spread

# Day numbers in 32 bits that lie after and before every day a table can hold, with room to
# subtract days from them.
NEVER_OPENED = NEVER_LEFT = 2**30
LEFT_BEFORE = -(2**30)


@dataclass(frozen=True)
class Ledger:
    """Arrays of equal length, one entry per case: its unit (of `size`) and two day numbers.

    A case stands at the end of day c when opened ≤ c < left. A case that a KPI leaves out never
    opens.
    """

    units: Array
    opened: Array
    left: Array
    size: int

    def standing(self, cutoff: int) -> Array:
        """Return the positions of the cases that stand at the end of the day."""
        return np.flatnonzero((self.opened <= cutoff) & (self.left > cutoff))


def short(days: Array) -> Array:
    """Return day numbers in 32 bits, half of what there is to read; NEVER and ALWAYS stay so."""
    return np.clip(days, LEFT_BEFORE, NEVER_LEFT).astype(np.int32)


def standing_at_any(opened: Array, left: Array, cutoffs: Array) -> Array:
    """Return the positions of the cases that stand at one of `cutoffs`, rising day numbers.

    The number of cut-offs before a day is looked up; where it differs between opening and leaving,
    a cut-off lies between them. That costs the same for many cut-offs as for one.
    """
    first = cutoffs[0] - 1
    before = np.searchsorted(cutoffs, np.arange(first, cutoffs[-1] + 2)).astype(np.int16)
    come, gone = (before.take(days - np.int32(first), mode="clip") for days in (opened, left))
    return np.flatnonzero(come < gone)


def oldest_first(unit: Array, age: Array) -> tuple[Array, Array]:
    """Return both sorted by unit, oldest first; a ledger in engine order needs no sorting."""
    key = unit * (int(age.max(initial=0)) + 1) - age
    if np.all(key[1:] >= key[:-1]):
        return unit, age
    order = np.argsort(key)
    return unit[order], age[order]


def age_quantile(age: Array, total: Array, share: float) -> Array:
    """Return a quantile of age per unit; `age` is sorted by unit, oldest first."""
    starts = len(age) - np.cumsum(total)
    return grouped_quantile(age[::-1], starts=starts, counts=total, share=share)


def percent(part: Array, whole: Array) -> Array:
    """Return 100·part/whole per unit, masked where there is nothing."""
    filled = whole > 0
    return spread(100 * part[filled] / whole[filled], over=filled)
