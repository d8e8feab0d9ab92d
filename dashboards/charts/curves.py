"""Parts of S-curves: what was, the versions of a plan, and a fan of what is to come, over days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.charts.frame import Figure, beside, figure, spread
from oversight.look.times import day_text

LABEL_HEIGHT = 0.07  # of the plot's height: what a line of text needs
Points = Sequence[tuple[date, float]]


@dataclass(frozen=True)
class PlanLine:
    """One version of a plan; the last of several is the one that counts, earlier ones are thin."""

    name: str
    points: Points


@dataclass(frozen=True)
class Fan:
    """What is to come, by day: the median and the ends of the 80 and 95 % bands."""

    days: Sequence[date]
    low95: Sequence[float]
    low80: Sequence[float]
    median: Sequence[float]
    high80: Sequence[float]
    high95: Sequence[float]


@dataclass(frozen=True)
class Mark:
    """A day of its own on a curve, with the stretch in which it may lie."""

    day: date
    height: float
    words: str
    low: date | None = None
    high: date | None = None


def curve_figure(
    actual: Points,
    *,
    noun: str,
    plans: Sequence[PlanLine] = (),
    fan: Fan | None = None,
    target: float | None = None,
    mark: Mark | None = None,
    cutoff: date,
    stepped: bool = False,
) -> Figure:
    """Draw the curve; `noun` is what is counted, such as "enrolled"."""
    heights = [height for _, height in actual]
    top = max([*heights, *_heights(plans), *([fan.high95[-1]] if fan else []), target or 0.0, 1.0])
    labels = [(heights[-1], f"{heights[-1]:,.0f} {noun}", "var(--ink)")] if actual else []
    labels += [(one.points[-1][1], one.name, "var(--ink-3)") for one in plans if one.points]
    if target is not None and not plans:
        labels.append((target, f"target {target:,.0f}", "var(--ink-3)"))
    labels.sort(key=lambda one: one[0])
    placed = spread([height for height, *_ in labels], least=LABEL_HEIGHT * top)
    return figure(
        [
            *(_fan(fan) if fan else []),
            *(_plan(one, last=one is plans[-1]) for one in plans),
            _actual(actual, noun, stepped),
            *(_marked(mark) if mark else []),
        ],
        xaxis={"type": "date", "tickformat": "%b\n%Y", "nticks": 9},
        yaxis={"range": [0, 1.1 * max([top, *placed])], "nticks": 5, "tickformat": ",d"},
        shapes=[_upright(cutoff)] if fan else [],
        annotations=[
            *(
                beside(height, text, color=color)
                for height, (_, text, color) in zip(placed, labels, strict=True)
            ),
            *([_cutoff(cutoff)] if fan else []),
        ],
        margin={"l": 48, "r": 116, "t": 20, "b": 42},
    )


def _heights(plans: Sequence[PlanLine]) -> list[float]:
    return [height for one in plans for _, height in one.points]


def _actual(actual: Points, noun: str, stepped: bool) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines" if stepped else "lines+markers",
        "name": noun,
        "x": [day.isoformat() for day, _ in actual],
        "y": [height for _, height in actual],
        "line": {"color": "var(--line)", "width": 2, **({"shape": "hv"} if stepped else {})},
        "marker": {"color": "var(--line)", "size": 5},
        "customdata": [
            {"words": f"{day_text(day)}: {height:,.0f} {noun}"} for day, height in actual
        ],
        "hovertemplate": "%{customdata.words}<extra></extra>",
    }


def _plan(one: PlanLine, *, last: bool) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": one.name,
        "x": [day.isoformat() for day, _ in one.points],
        "y": [height for _, height in one.points],
        "line": {
            "color": "var(--line-2)",
            "width": 1.25 if last else 1,
            "dash": "dash" if last else "dot",
        },
        "customdata": [
            {"words": f"{one.name}, {day_text(day)}: {height:,.0f} planned"}
            for day, height in one.points
        ],
        "hovertemplate": "%{customdata.words}<extra></extra>",
    }


def _fan(fan: Fan) -> list[Figure]:
    """Return the wide band, the narrow one over it, and the median."""
    days = [day.isoformat() for day in fan.days]
    found: list[Figure] = []
    for low, high, colour in (
        (fan.low95, fan.high95, "var(--band)"),
        (fan.low80, fan.high80, "var(--fan)"),
    ):
        edge: Figure = {"type": "scatter", "mode": "lines", "x": days, "hoverinfo": "skip"}
        edge |= {"line": {"width": 0, "color": colour}}
        found += [
            {**edge, "y": list(low)},
            {**edge, "y": list(high), "fill": "tonexty", "fillcolor": colour},
        ]
    rows = zip(fan.days, fan.low80, fan.median, fan.high80, fan.low95, fan.high95, strict=True)
    words = [
        f"{day_text(day)}: {middle:,.0f} expected<br>80 %: {a:,.0f} to {b:,.0f}"
        f"<br>95 %: {c:,.0f} to {d:,.0f}"
        for day, a, middle, b, c, d in rows
    ]
    median: Figure = {
        "type": "scatter",
        "mode": "lines",
        "name": "forecast",
        "x": days,
        "y": list(fan.median),
        "line": {"color": "var(--line-2)", "width": 1.25},
        "customdata": [{"words": text} for text in words],
        "hovertemplate": "%{customdata.words}<extra></extra>",
    }
    return [*found, median]


def _marked(mark: Mark) -> list[Figure]:
    """Return the day as an open diamond, and a line over the days in which it may lie."""
    common: Figure = {"type": "scatter", "line": {"color": "var(--line)", "width": 1.5}}
    ends = [day.isoformat() for day in (mark.low, mark.high) if day]
    return [
        {**common, "mode": "lines", "x": ends, "y": [mark.height] * len(ends), "hoverinfo": "skip"},
        {
            **common,
            "mode": "markers",
            "x": [mark.day.isoformat()],
            "y": [mark.height],
            "marker": {
                "symbol": "diamond",
                "size": 10,
                "color": "var(--sheet)",
                "line": {"color": "var(--line)", "width": 1.75},
            },
            "customdata": [{"words": mark.words}],
            "hovertemplate": "%{customdata.words}<extra></extra>",
        },
    ]


def _upright(day: date) -> Figure:
    return {
        "type": "line",
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "x0": day.isoformat(),
        "x1": day.isoformat(),
        "layer": "below",
        "line": {"color": "var(--line-2)", "width": 1, "dash": "dot"},
    }


def _cutoff(day: date) -> Figure:
    return {
        "x": day.isoformat(),
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "text": "cut-off",
        "showarrow": False,
        "font": {"color": "var(--ink-3)", "size": 12},
    }
