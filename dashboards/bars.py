"""A part of a whole as a bar in a table cell, drawn on the server."""

from django.utils.html import format_html
from django.utils.safestring import SafeString


def part_bar(part: float, *, before: float = 0.0) -> SafeString:
    """Draw `part` of 1 behind `before` of 1; hidden from speech, since its number stands beside."""
    return format_html(
        '<svg class="mix" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="k1" width="100" height="8"/><rect class="k3" width="{}" height="8"/>'
        '<rect class="k5" x="{}" width="{}" height="8"/></svg>',
        _hundredths(before),
        _hundredths(before),
        max(0.5, _hundredths(part)),
    )


def _hundredths(part: float) -> float:
    return round(100 * min(max(part, 0.0), 1.0), 1)
