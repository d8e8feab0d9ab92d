"""Several months or units together: by sums of numerators and denominators.

Never by means of ratios: a mean gives a site with three cases the weight of one with three hundred.
A median is no sum at all: above its own rows it can be told from bucket counts, as the bucket in
which it lies, and otherwise only as the range of the units' medians.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

TRAILING_MONTHS = 3


@dataclass(frozen=True)
class Part:
    """What one month or one unit adds; None where it has no result."""

    numerator: float | None
    denominator: float | None

    @property
    def there(self) -> bool:
        """True where both numbers are known."""
        return self.numerator is not None and self.denominator is not None


@dataclass(frozen=True)
class Together:
    """Sums, their ratio (None without a denominator), and of how many parts how many were there."""

    numerator: float
    denominator: float
    ratio: float | None
    there: int
    asked: int


def together(parts: Iterable[Part]) -> Together:
    """Return the sums of the parts and the ratio of the sums."""
    asked = list(parts)
    there = [one for one in asked if one.there]
    top = sum(one.numerator or 0.0 for one in there)
    bottom = sum(one.denominator or 0.0 for one in there)
    return Together(top, bottom, top / bottom if bottom else None, len(there), len(asked))


def trailing(parts: Sequence[Part], *, months: int = TRAILING_MONTHS) -> Together:
    """Return the last `months` of `parts` (oldest first) together; one may be without result."""
    return together(parts[-months:])


def summed_buckets(several: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Return bucket → count over all, in the order in which buckets are first named."""
    found: dict[str, int] = {}
    for buckets in several:
        for name, count in buckets.items():
            found[name] = found.get(name, 0) + count
    return found


def median_bucket(buckets: Mapping[str, int]) -> tuple[str, str] | None:
    """Return the buckets, given in rising order, of the two middle cases; None without a case.

    With an odd number both are the same case. More than the bucket is not known.
    """
    total = sum(buckets.values())
    if not total:
        return None
    ends = list(zip(buckets, accumulate(buckets.values()), strict=True))
    low, high = (total + 1) // 2, total // 2 + 1
    return (
        next(name for name, end in ends if end >= low),
        next(name for name, end in ends if end >= high),
    )


def median_range(medians: Iterable[float | None]) -> tuple[float, float] | None:
    """Return the lowest and highest median of the units: all that is known without their rows."""
    known = [one for one in medians if one is not None]
    return (min(known), max(known)) if known else None
