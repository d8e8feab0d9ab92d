"""A bullet bar as SVG: the value against the bands of its limits, worst band darkest.

Bands follow the direction: with "lower is better" the worst lies at the right, with "higher" at the
left, and for a band of two limits on both sides.
"""

from functools import lru_cache
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString

from kpis.engine.definition import KpiDefinition, Limit
from kpis.engine.terms import Direction, Unit
from kpis.engine.wording import value_words

WIDTH = 148.0
BULLETS_KEPT = 20_000
GOOD, WARN, BAD = "bg", "ba", "br"
BANDS = {
    Direction.LOWER: (GOOD, WARN, BAD),
    Direction.HIGHER: (BAD, WARN, GOOD),
    Direction.BAND: (BAD, WARN, GOOD, WARN, BAD),
}


def bullet_svg(definition: KpiDefinition, value: float | None) -> SafeString:
    """Draw a bar; nothing without a value or without limits."""
    limits = definition.limits
    if value is None or limits is None:
        return SafeString("")
    ends = _ends(limits.amber), _ends(limits.red)
    return _svg(definition.direction, *ends, float(value), definition.unit)


@lru_cache(maxsize=BULLETS_KEPT)
def _svg(
    direction: Direction,
    amber: tuple[float, ...],
    red: tuple[float, ...],
    value: float,
    unit: Unit,
) -> SafeString:
    """Draw it; a table shows the same bar time and again."""
    cuts = sorted((*red, *amber))
    first, last = 1.15 * min(0.0, value, cuts[0]), 1.15 * max(value, cuts[-1], 0.1)
    scale = WIDTH / (last - first)

    def at(number: float) -> float:
        return round((number - first) * scale, 1)

    said = [" to ".join(value_words(one, unit) for one in ends) for ends in (amber, red)]
    words = f"{value_words(value, unit)} against amber limit {said[0]} and red limit {said[1]}"
    # Numbers alone stand in these texts: only the words need escaping.
    bands = "".join(
        f'<rect class="{band}" x="{at(start)}" y="1" '
        f'width="{round(at(end) - at(start), 1)}" height="14"/>'
        for band, (start, end) in zip(BANDS[direction], pairwise((first, *cuts, last)), strict=True)
    )
    marks = "".join(f'<path class="bt" d="M{at(one)} 0V16"/>' for one in amber)
    low, high = at(min(value, 0.0)), at(max(value, 0.0))
    return SafeString(
        f'<svg class="bullet" viewBox="0 0 148 16" role="img" aria-label="{escape(words)}">{bands}'
        f'<rect class="bv" x="{low}" y="5" width="{round(high - low, 1)}" height="6"/>'
        f"{marks}</svg>"
    )


def _ends(limit: Limit) -> tuple[float, ...]:
    return tuple(limit) if isinstance(limit, tuple) else (limit,)
