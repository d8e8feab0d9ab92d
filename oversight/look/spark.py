"""Sparklines as SVG text, drawn on the server without script or style attribute."""

from collections.abc import Sequence
from functools import lru_cache
from math import isfinite

from django.utils.html import escape
from django.utils.safestring import SafeString

PADDING = 3.0
SPARKS_KEPT = 20_000
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
    return _svg(tuple(points), reference, wide, label)


@lru_cache(maxsize=SPARKS_KEPT)
def _svg(
    points: tuple[float | None, ...], reference: float | None, wide: bool, label: str
) -> SafeString:
    """Draw it; a table shows the same line time and again."""
    width, height = (88, 22) if wide else (48, 18)
    runs, level = spark_segments(points, width=width, height=height, reference=reference)
    if not runs:
        return SafeString("")
    # Numbers alone stand in these texts, and a class or two: only the label needs escaping.
    lines = "".join(f'<polyline points="{" ".join(f"{x},{y}" for x, y in run)}"/>' for run in runs)
    line = "" if level is None else f'<path class="ref" d="M0 {level}H{width}"/>'
    x, y = runs[-1][-1]
    spoken = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return SafeString(
        f'<svg class="spark{" wide" if wide else ""}" viewBox="0 0 {width} {height}" {spoken}>'
        f'{line}{lines}<circle cx="{x}" cy="{y}" r="2.1"/></svg>'
    )


def _finite(value: float | None) -> float | None:
    return float(value) if value is not None and isfinite(value) else None
