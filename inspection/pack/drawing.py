"""Trend charts as SVG text: one KPI of one scope over the months, with its limits.

Pure: values in, text out, the same text for the same values. Colour means status and is never
alone: each kind of point has its own shape, and a month that is missing says so on the axis.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from math import floor, isfinite, log10

from oversight.look.times import MONTHS

WIDTH, HEIGHT = 250.0, 118.0
LEFT, RIGHT, TOP, BOTTOM = 34.0, 8.0, 8.0, 20.0
INK, SOFT, GRID = "#1d2431", "#5e6878", "#e4e7ec"
FILLS = {"green": "#2f8576", "amber": "#f0b429", "red": "#b3261e"}
LIMIT_LINES = {"amber": "#a86a00", "red": "#b3261e"}
FONT = "Libertinus Serif"
TICKS = 4
SMALLEST, LARGEST = 1e-6, 1e12
Place = Callable[[int], float]
Height = Callable[[float], float]


@dataclass(frozen=True)
class Point:
    """One month: its value, None for none, and its status as stored."""

    month: date
    value: float | None
    rag: str


@dataclass(frozen=True)
class Line:
    """A limit at a height; `rag` is the colour that begins beyond it."""

    height: float
    rag: str


def trend_svg(points: Sequence[Point], lines: Sequence[Line] = ()) -> str:
    """Draw the months in order; a month without a value breaks the line."""
    values = [value for point in points if (value := _height(point)) is not None]
    ticks = nice_ticks([*values, *(line.height for line in lines)])
    low, high = ticks[0], ticks[-1]
    step = (WIDTH - LEFT - RIGHT) / max(len(points) - 1, 1)

    def x(place: int) -> float:
        return round(LEFT + place * step, 2)

    def y(value: float) -> float:
        share = (value - low) / (high - low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 2)

    parts = [_tick(y(tick), tick) for tick in ticks]
    parts += [_limit(y(line.height), line.rag) for line in lines]
    parts += [_month(x(place), points, place) for place in _labelled(len(points))]
    parts += _runs(points, x, y)
    parts += [_mark(x(place), point, y) for place, point in enumerate(points)]
    body = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
        f'width="{WIDTH:g}pt" height="{HEIGHT:g}pt" font-family="{FONT}" font-size="7.5">'
        f"{body}</svg>\n"
    )


def _height(point: Point) -> float | None:
    """Return the value to be drawn; none for what no KPI can be worth."""
    value = point.value
    return value if value is not None and isfinite(value) and abs(value) < LARGEST else None


def nice_ticks(values: Sequence[float]) -> list[float]:
    """Return round heights that enclose zero and every value."""
    low, high = min([0.0, *values]), max([0.0, *values])
    if high - low < SMALLEST:
        high = low + 1
    rough = (high - low) / TICKS
    power = 10.0 ** floor(log10(rough))
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= rough * 0.999999)
    first, count = floor(low / step), 0
    while (first + count) * step < high - step * 1e-9:
        count += 1
    return [round((first + place) * step, 10) for place in range(count + 1)]


def _tick(height: float, value: float) -> str:
    text = f"{value:,.6f}".rstrip("0").rstrip(".").replace("-", "−")
    return (
        f'<line x1="{LEFT:g}" x2="{WIDTH - RIGHT:g}" y1="{height:g}" y2="{height:g}" '
        f'stroke="{GRID}" stroke-width="0.5"/>'
        f'<text x="{LEFT - 4:g}" y="{height + 2.4:g}" text-anchor="end" fill="{SOFT}">{text}</text>'
    )


def _limit(height: float, rag: str) -> str:
    dash = "4 2" if rag == "amber" else "1.5 1.5"
    return (
        f'<line x1="{LEFT:g}" x2="{WIDTH - RIGHT:g}" y1="{height:g}" y2="{height:g}" '
        f'stroke="{LIMIT_LINES[rag]}" stroke-width="0.8" stroke-dasharray="{dash}"/>'
    )


def _labelled(count: int) -> list[int]:
    """Return which months carry a label: first, last and at most four between, evenly."""
    if count <= 6:
        return list(range(count))
    every = -(-(count - 1) // 5)
    return sorted({*range(count - 1, -1, -every)})


def _month(place: float, points: Sequence[Point], number: int) -> str:
    month = points[number].month
    anchor = "end" if number == len(points) - 1 and len(points) > 1 else "middle"
    place = WIDTH - RIGHT + 4 if anchor == "end" else place
    text = f"{MONTHS[month.month - 1]} {month:%y}"
    return (
        f'<text x="{place:g}" y="{HEIGHT - 5:g}" text-anchor="{anchor}" fill="{SOFT}">'
        f"{escape(text)}</text>"
    )


def _runs(points: Sequence[Point], x: Place, y: Height) -> list[str]:
    runs: list[list[str]] = [[]]
    for place, point in enumerate(points):
        value = _height(point)
        if value is None:
            runs.append([])
        else:
            runs[-1].append(f"{x(place):g},{y(value):g}")
    return [
        f'<polyline points="{" ".join(run)}" fill="none" stroke="{INK}" stroke-width="1"/>'
        for run in runs
        if len(run) > 1
    ]


def _mark(place: float, point: Point, y: Height) -> str:
    """Draw green as a dot, amber as a square, red as a diamond, anything else as a ring."""
    value = _height(point)
    if value is None:
        return _absent(place, point)
    height, fill = y(value), FILLS.get(point.rag, "#ffffff")
    outline = f'fill="{fill}" stroke="{INK}" stroke-width="0.5"'
    if point.rag == "red":
        shape = f"M{place:g} {height - 3.2:g}l3.2 3.2l-3.2 3.2l-3.2 -3.2z"
        return f'<path d="{shape}" {outline}/>'
    if point.rag == "amber":
        return (
            f'<rect x="{place - 2.2:g}" y="{height - 2.2:g}" width="4.4" height="4.4" {outline}/>'
        )
    return f'<circle cx="{place:g}" cy="{height:g}" r="2" {outline}/>'


def _absent(place: float, point: Point) -> str:
    """Mark a month without a value on the axis: a crossed ring where it is missing, a short bar."""
    height = HEIGHT - BOTTOM
    if point.rag == "missing":
        return (
            f'<circle cx="{place:g}" cy="{height:g}" r="2.6" fill="#ffffff" stroke="{INK}" '
            f'stroke-width="0.7"/><line x1="{place - 2.6:g}" y1="{height + 2.6:g}" '
            f'x2="{place + 2.6:g}" y2="{height - 2.6:g}" stroke="{INK}" stroke-width="0.7"/>'
        )
    return (
        f'<line x1="{place:g}" x2="{place:g}" y1="{height - 2:g}" y2="{height + 2:g}" '
        f'stroke="{SOFT}" stroke-width="0.8"/>'
    )
