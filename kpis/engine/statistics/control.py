"""Control charts of a KPI over its months: XmR, p and u; a run chart while points are few.

Sources: Shewhart, Economic control of quality of manufactured product (1931); Wheeler,
Understanding variation (1993), for the constants of XmR: limits X̄ ± 2.66·mR̄ and 3.267·mR̄ for the
moving range, where mR̄ is the mean of the differences between neighbours; NHS England, Making Data
Count, for how they are read. p-chart p̄ ± 3√(p̄(1 − p̄)/nᵢ), u-chart ū ± 3√(ū/nᵢ), with p̄ and ū as
Σ numerators / Σ denominators.

A limit says what the process does, not what is asked of it. Months without a value are no points:
pass only those that have one. Fewer than eight points get the median as centre line, no limits and
no signals; fewer than twelve make limits provisional (defaults, not an industry standard). Limits
are computed anew from a point on only for a reason that is given.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kpis.engine.shapes import Array

LEAST_POINTS = 8
TRUSTED_POINTS = 12
XMR_LIMIT, RANGE_LIMIT = 2.66, 3.267  # Wheeler's constants for two neighbours
SIGMAS = 3.0


class ChartKind(StrEnum):
    """How the limits come about."""

    XMR = "xmr"
    P = "p"
    U = "u"
    RUN = "run"  # too few points for limits


@dataclass(frozen=True)
class Rebase:
    """Limits begin anew at the point with this place (0 is the first), for a reason."""

    at: int
    reason: str

    def __post_init__(self) -> None:
        """Refuse a change of limits that nobody explains."""
        if self.at < 1:
            raise ValueError("limits begin anew after the first point")
        if not self.reason.strip():
            raise ValueError("say why the limits begin anew")


@dataclass(frozen=True)
class Phase:
    """Points `first` to `last`, both included, that share their limits; the reason it began."""

    first: int
    last: int
    kind: ChartKind
    reason: str

    @property
    def provisional(self) -> bool:
        """True while the limits rest on few points."""
        return self.last - self.first + 1 < TRUSTED_POINTS


@dataclass(frozen=True)
class ControlChart:
    """One entry per point: value, centre line and natural limits, masked in a run chart.

    Limits are as computed: one may lie below 0 or above 1. `place` is the distance from the centre
    in thirds of the way to the limit (sigma). `ranges` are the moving ranges of an XmR chart,
    masked at the first point of a phase, `range_limit` their upper limit; masked in other charts.
    """

    values: Array
    centre: Array
    lower: Array
    upper: Array
    place: Array
    ranges: Array
    range_limit: Array
    phases: tuple[Phase, ...]

    @property
    def last(self) -> Phase | None:
        """The phase of the newest point; None without any."""
        return self.phases[-1] if self.phases else None


def xmr_chart(values: Sequence[float] | Array, *, rebases: Sequence[Rebase] = ()) -> ControlChart:
    """Return the chart of single values, whatever they count."""
    return _chart(ChartKind.XMR, np.asarray(values, float), None, rebases)


def p_chart(
    numerators: Sequence[float] | Array,
    denominators: Sequence[float] | Array,
    *,
    rebases: Sequence[Rebase] = (),
) -> ControlChart:
    """Return the chart of proportions (0 to 1); every denominator must be above 0."""
    return _ratios(ChartKind.P, numerators, denominators, rebases)


def u_chart(
    numerators: Sequence[float] | Array,
    denominators: Sequence[float] | Array,
    *,
    rebases: Sequence[Rebase] = (),
) -> ControlChart:
    """Return the chart of events per unit of exposure; every denominator must be above 0."""
    return _ratios(ChartKind.U, numerators, denominators, rebases)


def _ratios(
    kind: ChartKind,
    numerators: Sequence[float] | Array,
    denominators: Sequence[float] | Array,
    rebases: Sequence[Rebase],
) -> ControlChart:
    top, bottom = np.asarray(numerators, float), np.asarray(denominators, float)
    if bool((bottom <= 0).any()):
        raise ValueError("a month without a denominator has no value and is no point of a chart")
    return _chart(kind, top / bottom, bottom, rebases)


def _chart(
    kind: ChartKind, values: Array, weights: Array | None, rebases: Sequence[Rebase]
) -> ControlChart:
    size = len(values)
    centre, lower, upper, place, ranges, range_limit = (np.full(size, np.nan) for _ in range(6))
    phases = tuple(_phases(kind, size, rebases))
    for phase in phases:
        span = slice(phase.first, phase.last + 1)
        x = values[span]
        if phase.kind is ChartKind.RUN:
            centre[span] = np.median(x)
            continue
        if weights is None:
            middle, moved = float(x.mean()), np.abs(np.diff(x))
            sigma = np.full(len(x), XMR_LIMIT * moved.mean() / SIGMAS)
            ranges[phase.first + 1 : phase.last + 1] = moved
            range_limit[span] = RANGE_LIMIT * moved.mean()
        else:
            n = weights[span]
            middle = float((x * n).sum() / n.sum())
            spare = 1 - middle if phase.kind is ChartKind.P else 1.0
            sigma = np.sqrt(middle * max(spare, 0.0) / n)
        centre[span], lower[span], upper[span] = middle, middle - 3 * sigma, middle + 3 * sigma
        wide = sigma > 0
        place[span] = np.where(wide, (x - middle) / np.where(wide, sigma, 1.0), 0.0)
    return ControlChart(
        values=values,
        centre=centre,
        lower=np.ma.masked_invalid(lower),
        upper=np.ma.masked_invalid(upper),
        place=np.ma.masked_invalid(place),
        ranges=np.ma.masked_invalid(ranges),
        range_limit=np.ma.masked_invalid(range_limit),
        phases=phases,
    )


def _phases(kind: ChartKind, size: int, rebases: Sequence[Rebase]) -> Iterator[Phase]:
    """Yield the phases in order; a change of limits beyond the last point waits for its points."""
    reasons = {one.at: one.reason for one in rebases if one.at < size}
    starts = [(0, ""), *sorted(reasons.items())] if size else []
    ends = [at - 1 for at, _ in starts[1:]] + [size - 1]
    for (first, reason), last in zip(starts, ends, strict=False):
        enough = last - first + 1 >= LEAST_POINTS
        yield Phase(first, last, kind if enough else ChartKind.RUN, reason)
