"""A bullet bar as SVG: the value against the bands of its limits, worst band darkest."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import Direction
from kpis.engine.wording import value_words

WIDTH = 148.0


def bullet_svg(definition: KpiDefinition, value: float | None) -> SafeString:
    """Draw a bar; nothing without a value, without limits, or for a band of two limits."""
    limits = definition.limits
    if value is None or limits is None or definition.direction is Direction.BAND:
        return SafeString("")
    amber, red = float(limits.amber), float(limits.red)  # type: ignore[arg-type]  # one number each: not a band
    scale = WIDTH / (1.15 * max(value, red, amber, 0.1))
    lower = definition.direction is Direction.LOWER
    first, second = (amber, red) if lower else (red, amber)
    bands = ("bg", "ba", "br") if lower else ("br", "ba", "bg")
    edges = (0.0, first * scale, second * scale, WIDTH)
    parts = [
        format_html(
            '<rect class="{}" x="{}" y="1" width="{}" height="14"/>',
            band,
            round(edges[place], 1),
            round(edges[place + 1] - edges[place], 1),
        )
        for place, band in enumerate(bands)
    ]
    words = (
        f"{value_words(value, definition.unit)} against amber limit "
        f"{value_words(amber, definition.unit)} and red limit {value_words(red, definition.unit)}"
    )
    return format_html(
        '<svg class="bullet" viewBox="0 0 148 16" role="img" aria-label="{}">{}{}{}'
        '<rect class="bv" x="0" y="5" width="{}" height="6"/>'
        '<path class="bt" d="M{} 0V16"/></svg>',
        words,
        *parts,
        round(value * scale, 1),
        round(amber * scale, 1),
    )
