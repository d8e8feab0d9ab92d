"""Small multiples: the trend of each of a few KPIs, each to its own scale, in a grid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.charts.frame import Figure, figure
from dashboards.charts.trend import ROUND, SYMBOLS
from kpis.engine.terms import RagStatus
from oversight.look.times import month_text

COLUMNS = 4
ROW_HEIGHT, FRAME_HEIGHT = 132, 24
NAME_LENGTH = 30


@dataclass(frozen=True)
class SmallPoint:
    """One month; `first` is the figure before a restatement."""

    month: date
    value: float | None
    status: str
    words: str
    first: float | None = None
    url: str = ""


@dataclass(frozen=True)
class SmallTrend:
    """One KPI in one place; `limits` are its amber ends, none where it has no limit."""

    name: str
    now: str
    points: Sequence[SmallPoint]
    limits: Sequence[float] = ()


def multiples_figure(trends: Sequence[SmallTrend]) -> Figure:
    """Draw the trends from left to right, then down: name and newest value above each."""
    rows = max((len(trends) + COLUMNS - 1) // COLUMNS, 1)
    layout: Figure = {
        "height": FRAME_HEIGHT + ROW_HEIGHT * rows,
        "margin": {"l": 8, "r": 8, "t": 10, "b": 8},
        "annotations": [],
        "shapes": [],
    }
    traces: list[Figure] = []
    for place, one in enumerate(trends):
        number = "" if place == 0 else str(place + 1)
        column, row = place % COLUMNS, place // COLUMNS
        left, top = column / COLUMNS, 1 - row / rows
        layout[f"xaxis{number}"] = {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [month_text(point.month) for point in one.points],
            "domain": [left + 0.008, left + 1 / COLUMNS - 0.02],
            "anchor": f"y{number}",
            "showticklabels": False,
            "showgrid": False,
            "showline": True,
            "range": [-0.6, len(one.points) - 0.4],
        }
        layout[f"yaxis{number}"] = {
            "domain": [top - 1 / rows + 0.08 / rows, top - 0.3 / rows],
            "anchor": f"x{number}",
            "range": [0, _top(one)],
            "showticklabels": False,
            "showgrid": False,
            "zeroline": False,
        }
        layout["annotations"] += _heading(one, left + 0.008, top)
        layout["shapes"] += [_limit(limit, number) for limit in one.limits]
        traces += _traces(one, number)
    return figure(traces, **layout)


def _traces(one: SmallTrend, number: str) -> Iterator[Figure]:
    on = {"xaxis": f"x{number}", "yaxis": f"y{number}", "type": "scatter"}
    there = [point for point in one.points if point.value is not None]
    looks = [SYMBOLS.get(RagStatus(p.status), ROUND) if p.status else ROUND for p in there]
    yield {
        **on,
        "mode": "lines",
        "x": [month_text(point.month) for point in one.points],
        "y": [point.value for point in one.points],
        "connectgaps": False,
        "line": {"color": "var(--line)", "width": 1.5},
        "hoverinfo": "skip",
    }
    restated = [point for point in one.points if point.first is not None]
    yield {
        **on,
        "mode": "markers",
        "x": [month_text(point.month) for point in restated],
        "y": [point.first for point in restated],
        "marker": {
            "symbol": "circle",
            "size": 6,
            "color": "var(--sheet)",
            "line": {"color": "var(--line-2)", "width": 1.25},
        },
        "customdata": [
            {"words": f"{one.name}, {month_text(point.month)}: first figure, later restated"}
            for point in restated
        ],
        "hovertemplate": "%{customdata.words}<extra></extra>",
    }
    yield {
        **on,
        "mode": "markers",
        "name": one.name,
        "x": [month_text(point.month) for point in there],
        "y": [point.value for point in there],
        "marker": {
            "symbol": [look[0] for look in looks],
            "color": [look[1] for look in looks],
            "size": [6 if place + 1 < len(looks) else 9 for place in range(len(looks))],
        },
        "customdata": [{"words": point.words, "url": point.url} for point in there],
        "hovertemplate": "%{customdata.words}<extra></extra>",
    }


def _heading(one: SmallTrend, left: float, top: float) -> list[Figure]:
    name = one.name if len(one.name) <= NAME_LENGTH else f"{one.name[: NAME_LENGTH - 1].rstrip()}…"
    common = {"xref": "paper", "yref": "paper", "x": left, "xanchor": "left", "showarrow": False}
    return [
        {
            **common,
            "y": top,
            "yanchor": "top",
            "text": name,
            "font": {"color": "var(--ink-2)", "size": 12},
        },
        {
            **common,
            "y": top,
            "yanchor": "top",
            "yshift": -16,
            "text": one.now,
            "font": {"color": "var(--ink)", "size": 12, "weight": "bold"},
        },
    ]


def _limit(limit: float, number: str) -> Figure:
    return {
        "type": "line",
        "xref": f"x{number} domain",
        "yref": f"y{number}",
        "x0": 0,
        "x1": 1,
        "y0": limit,
        "y1": limit,
        "layer": "below",
        "line": {"color": "var(--a-line)", "width": 1, "dash": "dashdot"},
    }


def _top(one: SmallTrend) -> float:
    values = [number for point in one.points for number in (point.value, point.first) if number]
    return 1.15 * max([*values, *one.limits, 0.1])
