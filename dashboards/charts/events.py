"""What happened between months, as an upright with its words above a plot of months."""

from collections.abc import Sequence
from datetime import date

from dashboards.charts.frame import Figure

EVENT_ROWS = 3  # rows of words above the plot


def event_marks(
    month: date, words: str, months: Sequence[date], place: int
) -> tuple[Figure, Figure]:
    """Return the upright before a month, and the words on one of a few rows above the plot."""
    at = months.index(month) - 0.5  # a category axis counts its places from 0
    line: Figure = {
        "type": "line",
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "x0": at,
        "x1": at,
        "layer": "below",
        "line": {"color": "var(--line-2)", "width": 1, "dash": "dot"},
    }
    right = at > len(months) / 2
    label: Figure = {
        "x": at,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 15 * (place % EVENT_ROWS),
        "xanchor": "right" if right else "left",
        "text": words,
        "showarrow": False,
        "font": {"color": "var(--ink-3)", "size": 12},
    }
    return line, label
