"""A bullet bar as SVG: the value against the bands of its limits, worst band darkest.

Bands follow the direction: with "lower is better" the worst lies at the right, with "higher" at the
left, and for a band of two limits on both sides.
"""

from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kpis.engine.definition import KpiDefinition, Limit
from kpis.engine.terms import Direction
from kpis.engine.wording import value_words

WIDTH = 148.0
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
    amber, red = _ends(limits.amber), _ends(limits.red)
    cuts = sorted((*red, *amber))
    first, last = 1.15 * min(0.0, value, cuts[0]), 1.15 * max(value, cuts[-1], 0.1)
    scale = WIDTH / (last - first)

    def at(number: float) -> float:
        return round((number - first) * scale, 1)

    said = [" to ".join(value_words(one, definition.unit) for one in ends) for ends in (amber, red)]
    return format_html(
        '<svg class="bullet" viewBox="0 0 148 16" role="img" aria-label="{}">{}'
        '<rect class="bv" x="{}" y="5" width="{}" height="6"/>{}</svg>',
        f"{value_words(value, definition.unit)} against amber limit {said[0]}"
        f" and red limit {said[1]}",
        format_html_join(
            "",
            '<rect class="{}" x="{}" y="1" width="{}" height="14"/>',
            (
                (band, at(start), round(at(end) - at(start), 1))
                for band, (start, end) in zip(
                    BANDS[definition.direction], pairwise((first, *cuts, last)), strict=True
                )
            ),
        ),
        at(min(value, 0.0)),
        round(at(max(value, 0.0)) - at(min(value, 0.0)), 1),
        format_html_join("", '<path class="bt" d="M{} 0V16"/>', ((at(one),) for one in amber)),
    )


def _ends(limit: Limit) -> tuple[float, ...]:
    return tuple(limit) if isinstance(limit, tuple) else (limit,)
