"""Sparklines as SVG text, drawn on the server without script or style attribute."""

from collections.abc import Sequence
from math import isfinite

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

PADDING = 3.0
Point = tuple[float, float]


def spark_segments(
    points: Sequence[float | None],
    *,
    width: float = 48,
    height: float = 18,
    reference: float | None = None,
) -> tuple[list[list[Point]], float | None]:
    """Place values, oldest first, in a box; the highest value lies on top.

    Returns runs of neighbouring points (a month without a value breaks the line, it is not bridged)
    and the height of the reference line, if one is asked for.
    """
    values = [_finite(point) for point in points]
    known = [value for value in values if value is not None]
    if not known:
        return [], None
    scale = [*known, reference] if reference is not None else known
    low, span = min(scale), max(scale) - min(scale)
    step = (width - 2 * PADDING) / max(len(values) - 1, 1)

    def place(value: float) -> float:
        share = (value - low) / span if span else 0.5
        return round(height - PADDING - share * (height - 2 * PADDING), 1)

    runs: list[list[Point]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((round(PADDING + index * step, 1), place(value)))
    return [run for run in runs if run], None if reference is None else place(reference)


def spark_svg(
    points: Sequence[float | None],
    *,
    reference: float | None = None,
    wide: bool = False,
    label: str = "",
) -> SafeString:
    """Draw a sparkline; its last value carries a dot. Hidden from speech unless it has a label."""
    width, height = (88, 22) if wide else (48, 18)
    runs, level = spark_segments(points, width=width, height=height, reference=reference)
    if not runs:
        return SafeString("")
    lines = format_html_join(
        "", '<polyline points="{}"/>', ((" ".join(f"{x},{y}" for x, y in run),) for run in runs)
    )
    line = "" if level is None else format_html('<path class="ref" d="M0 {}H{}"/>', level, width)
    x, y = runs[-1][-1]
    spoken = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else SafeString('aria-hidden="true"')
    )
    return format_html(
        '<svg class="spark{}" viewBox="0 0 {} {}" {}>{}{}<circle cx="{}" cy="{}" r="2.1"/></svg>',
        " wide" if wide else "",
        width,
        height,
        spoken,
        line,
        lines,
        x,
        y,
    )


def _finite(value: float | None) -> float | None:
    return float(value) if value is not None and isfinite(value) else None
