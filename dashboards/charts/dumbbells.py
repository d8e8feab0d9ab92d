"""Milestones as dumbbells: from the first plan to where each stands now, one row each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.charts.frame import Figure, figure
from oversight.look.times import day_text

ROWS_SHOWN = 18
ROW_HEIGHT, FRAME_HEIGHT = 28, 64


@dataclass(frozen=True)
class Dumbbell:
    """One row; `label` is the slip in words. A day that is not known is None."""

    name: str
    baseline: date | None
    planned: date | None
    reached: date | None
    label: str


def dumbbell_figure(rows: Sequence[Dumbbell], *, cutoff: date) -> Figure:
    """Draw the rows given, the first on top: hollow what was planned, solid what was reached."""
    shown = list(rows[:ROWS_SHOWN])
    bars: Figure = {
        "type": "scatter",
        "mode": "lines",
        "x": [day for one in shown for day in (*_ends(one), None)],
        "y": [name for one in shown for name in (one.name, one.name, None)],
        "line": {"color": "var(--line-2)", "width": 3},
        "connectgaps": False,
        "hoverinfo": "skip",
    }
    return figure(
        [
            bars,
            _marks(shown, "baseline", "first plan", "circle", "var(--sheet)"),
            _marks(
                [one for one in shown if one.reached is None],
                "planned",
                "newest plan",
                "diamond",
                "var(--sheet)",
            ),
            _marks(shown, "reached", "reached", "circle", "var(--line)"),
        ],
        height=FRAME_HEIGHT + ROW_HEIGHT * max(len(shown), 1),
        xaxis={"type": "date", "tickformat": "%b\n%Y", "nticks": 8, "showgrid": True},
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [one.name for one in shown],
            "range": [len(shown) - 0.4, -0.6],
            "showgrid": False,
            "ticksuffix": "  ",
        },
        shapes=[_today(cutoff)],
        annotations=[_slip(one) for one in shown if one.label],
        margin={"l": 150, "r": 76, "t": 8, "b": 42},
    )


def _ends(one: Dumbbell) -> tuple[str | None, str | None]:
    now = one.reached or one.planned
    return tuple(day.isoformat() if day else None for day in (one.baseline or now, now))  # type: ignore[return-value]  # two of them


def _marks(rows: Sequence[Dumbbell], field: str, words: str, symbol: str, fill: str) -> Figure:
    there = [(one.name, day) for one in rows if (day := getattr(one, field))]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": words,
        "x": [day.isoformat() for _, day in there],
        "y": [name for name, _ in there],
        "marker": {
            "symbol": symbol,
            "size": 10,
            "color": fill,
            "line": {"color": "var(--line)", "width": 1.75},
        },
        "customdata": [{"words": f"{name}, {words}: {day_text(day)}"} for name, day in there],
        "hovertemplate": "%{customdata.words}<extra></extra>",
    }


def _slip(one: Dumbbell) -> Figure:
    return {
        "xref": "paper",
        "x": 1,
        "xanchor": "left",
        "xshift": 8,
        "y": one.name,
        "text": one.label,
        "showarrow": False,
        "font": {"color": "var(--ink)", "size": 12},
    }


def _today(cutoff: date) -> Figure:
    return {
        "type": "line",
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "x0": cutoff.isoformat(),
        "x1": cutoff.isoformat(),
        "layer": "below",
        "line": {"color": "var(--line-2)", "width": 1, "dash": "dot"},
    }
