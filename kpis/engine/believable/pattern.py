"""Signs in the figures themselves: do they look measured, or made?

The levels are chosen so that chance alone brings a sign about rarely; they are defaults, not an
industry standard. `_tail` is the chance of so many or more of n, each with the same probability.
"""

import math
from itertools import pairwise

from kpis.engine.believable.history import Evidence, History, PastMonth, Sign, SignName
from kpis.engine.terms import Direction
from kpis.engine.wording import limit_words, number_words, value_words

LEAST_CONSTANT = 4  # months in a row
NEAR_LIMIT = 0.05  # part of the limit that counts as just inside or just outside
LEAST_MONTHS = 6
HEAPED_CHANCE, ROUNDED_CHANCE = 0.05, 0.01
LEAST_COUNTS, SMALLEST_COUNT = 10, 10


def constant(history: History) -> Sign:
    """The very same value month after month."""
    name, told = SignName.CONSTANT, history.told
    if len(told) < LEAST_CONSTANT:
        return Sign(name, unasked=f"fewer than {LEAST_CONSTANT} months have a value")
    same: list[PastMonth] = []
    for one in reversed(history.recent):
        if one.value is None or (same and not math.isclose(one.value, same[0].value or 0.0)):
            break
        same.append(one)
    if len(same) < LEAST_CONSTANT:
        return Sign(name)
    value = value_words(same[0].value, history.definition.unit)
    return Sign(
        name,
        f"The value has been exactly {value} in {len(same)} months in a row.",
        tuple(Evidence(one.period, _counts(one)) for one in reversed(same)),
    )


def heaped(history: History) -> Sign:
    """Values crowd just inside the amber limit and shun the other side of it."""
    name, definition, told = SignName.HEAPED, history.definition, history.told
    limit = definition.limits.amber if definition.limits else None
    if limit is None or isinstance(limit, tuple) or limit <= 0:
        return Sign(name, unasked="the KPI has no single limit above 0")
    if len(told) < LEAST_MONTHS:
        return Sign(name, unasked=f"fewer than {LEAST_MONTHS} months have a value")
    near = [one for one in told if abs((one.value or 0.0) - limit) <= NEAR_LIMIT * limit]
    sign = 1 if definition.direction is Direction.LOWER else -1
    inside = [one for one in near if sign * ((one.value or 0.0) - limit) <= 0]
    if not near or _tail(len(inside), len(near), 0.5) > HEAPED_CHANCE:
        return Sign(name)
    return Sign(
        name,
        f"{len(inside)} values lie just inside the amber limit of "
        f"{limit_words(limit, definition.unit)} and {len(near) - len(inside)} just outside it.",
        tuple(Evidence(one.period, value_words(one.value, definition.unit)) for one in inside),
    )


def copied(history: History) -> Sign:
    """A month repeats the one before in every figure."""
    name = SignName.COPIED
    pairs = [
        (before, now)
        for before, now in pairwise(history.recent)
        if before.denominator and now.denominator
    ]
    if not pairs:
        return Sign(name, unasked="no two months in a row have a result")
    least = history.definition.minimum_denominator
    same = [
        now
        for before, now in pairs
        if (before.denominator or 0) >= least
        and (before.numerator, before.denominator, before.figures)
        == (now.numerator, now.denominator, now.figures)
    ]
    if not same:
        return Sign(name)
    often = "One month repeats" if len(same) == 1 else f"{len(same)} months repeat"
    return Sign(
        name,
        f"{often} the month before in numerator, denominator and all further figures.",
        tuple(Evidence(one.period, f"{_counts(one)}, as the month before") for one in same),
    )


def rounded(history: History) -> Sign:
    """Counts end in 0 or 5 more often than counted things do."""
    name = SignName.ROUNDED
    counts = [
        (one, int(count))
        for one in history.recent
        for count in (one.numerator, one.denominator)
        if count is not None and float(count).is_integer() and count >= SMALLEST_COUNT
    ]
    if len(counts) < LEAST_COUNTS:
        return Sign(name, unasked=f"fewer than {LEAST_COUNTS} counts of {SMALLEST_COUNT} or more")
    round_ones = [(one, count) for one, count in counts if count % 5 == 0]
    if _tail(len(round_ones), len(counts), 0.2) > ROUNDED_CHANCE:
        return Sign(name)
    return Sign(
        name,
        f"{len(round_ones)} of {len(counts)} counts end in 0 or 5; a fifth would be usual.",
        tuple(Evidence(one.period, number_words(count)) for one, count in round_ones),
    )


def _tail(found: int, of: int, chance: float) -> float:
    return sum(
        math.comb(of, many) * chance**many * (1 - chance) ** (of - many)
        for many in range(found, of + 1)
    )


def _counts(one: PastMonth) -> str:
    return f"{number_words(one.numerator)} and {number_words(one.denominator)}"
