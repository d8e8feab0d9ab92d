"""Why a rolled-up ratio moved: what units did, and what became of their weights. Exactly additive.

A ratio of sums is the mean of its units' ratios, weighted by their denominators: r = Σ wᵢ·rᵢ with
wᵢ = dᵢ / Σ d. Between two months, with bars for the mean of both,

    Δr = Σ w̄ᵢ·Δrᵢ  (performance)  +  Σ (r̄ᵢ − r̄)·Δwᵢ  (mix)

Sources: Marshall, Statement of certain demographic facts (1885), and Kitagawa, Components of a
difference between two rates (JASA 50, 1955), the symmetric form: neither month is the base, and no
part is left over. Since the weights sum to 1 in both months, Σ Δwᵢ = 0 and r̄ (the mean of the two
ratios) may be taken off: a unit above the average that grows raises the ratio, as one would say it.

A unit that enters or leaves has a ratio in one month alone; its ratio is taken as the same in the
other, where its weight is 0, so that all of its effect is mix, under its own name. A unit with a
numerator and no denominator has no ratio at all: its part of the ratio, n / Σ d, is told apart as
`loose`, so that nothing is lost.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kpis.engine.statistics.rollup import Part

NOTHING = Part(0.0, 0.0)


@dataclass(frozen=True)
class UnitMove:
    """What one unit added to the change; `entered` and `left`: it has a denominator once only."""

    name: str
    performance: float
    mix: float
    loose: float = 0.0
    entered: bool = False
    left: bool = False

    @property
    def whole(self) -> float:
        """All that the unit added."""
        return self.performance + self.mix + self.loose


@dataclass(frozen=True)
class Move:
    """The ratio before and now, and what each unit added, in the order in which units were met."""

    before: float
    now: float
    units: tuple[UnitMove, ...]

    @property
    def change(self) -> float:
        """What has to be explained."""
        return self.now - self.before

    @property
    def performance(self) -> float:
        """The part that units owe to their own ratios."""
        return sum(one.performance for one in self.units)

    @property
    def mix(self) -> float:
        """The part that comes from weights, with units that entered and left."""
        return sum(one.mix for one in self.units)

    @property
    def loose(self) -> float:
        """The part of numerators that have no denominator."""
        return sum(one.loose for one in self.units)


def movement(before: Mapping[str, Part], now: Mapping[str, Part]) -> Move | None:
    """Return what units did between two months; None where either has no denominator.

    A unit that is not there, or has no result, counts as nothing.
    """
    whole = [_bottom(month.values()) for month in (before, now)]
    if not all(whole):
        return None
    ratios = [
        sum(one.numerator or 0.0 for one in month.values()) / bottom
        for month, bottom in zip((before, now), whole, strict=True)
    ]
    average = sum(ratios) / 2
    names = dict.fromkeys([*before, *now])
    return Move(
        before=ratios[0],
        now=ratios[1],
        units=tuple(
            _unit(name, before.get(name, NOTHING), now.get(name, NOTHING), whole, average)
            for name in names
        ),
    )


def counted_movement(before: Mapping[str, float], now: Mapping[str, float]) -> Move:
    """Return the same for a count, which is the sum of its units': there is no mix."""
    return Move(
        before=sum(before.values()),
        now=sum(now.values()),
        units=tuple(
            UnitMove(name, now.get(name, 0.0) - before.get(name, 0.0), 0.0)
            for name in dict.fromkeys([*before, *now])
        ),
    )


def with_rest(units: Mapping[str, Part], whole: Part, name: str) -> dict[str, Part]:
    """Return the units with what the whole has beyond them as one more; none where they add up."""
    told = list(units.values())
    rest = Part(
        (whole.numerator or 0.0) - sum(one.numerator or 0.0 for one in told),
        (whole.denominator or 0.0) - _bottom(told),
    )
    if abs(rest.numerator or 0.0) < 1e-9 and abs(rest.denominator or 0.0) < 1e-9:
        return dict(units)
    return {**units, name: rest}


def leading(
    amounts: Sequence[tuple[str, float]], count: int
) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
    """Return the `count` amounts furthest from 0, largest first, and the others that are not 0."""
    ordered = sorted((one for one in amounts if one[1]), key=lambda one: -abs(one[1]))
    return ordered[:count], ordered[count:]


def _unit(name: str, was: Part, is_now: Part, whole: Sequence[float], average: float) -> UnitMove:
    both = (was, is_now)
    tops = [one.numerator or 0.0 for one in both]
    bottoms = [one.denominator or 0.0 for one in both]
    there = [bool(bottom) for bottom in bottoms]
    weights = [bottom / all_ for bottom, all_ in zip(bottoms, whole, strict=True)]
    own = [top / bottom if bottom else 0.0 for top, bottom in zip(tops, bottoms, strict=True)]
    loose = [0.0 if has else top / all_ for has, top, all_ in zip(there, tops, whole, strict=True)]
    if there[0] != there[1]:  # its one ratio stands for both months
        own = [own[there.index(True)]] * 2
    return UnitMove(
        name=name,
        performance=(weights[0] + weights[1]) / 2 * (own[1] - own[0]),
        mix=((own[0] + own[1]) / 2 - average) * (weights[1] - weights[0]),
        loose=loose[1] - loose[0],
        entered=there[1] and not there[0],
        left=there[0] and not there[1],
    )


def _bottom(parts: Iterable[Part]) -> float:
    return sum(one.denominator or 0.0 for one in parts)
