"""What every figure shares: the dict around traces, labels beside the plot, time axes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from oversight.look.times import month_text

Figure = dict[str, Any]
MANY_MONTHS = 14


def figure(traces: list[Figure], **layout: Any) -> Figure:
    """Return a figure; `layout` is merged over what the page's script gives to all."""
    return {"data": traces, "layout": layout}


def beside(y: float, text: str, *, color: str = "var(--ink-3)", **more: Any) -> Figure:
    """Return a label to the right of the plot at height `y`, instead of a legend."""
    return {
        "xref": "paper",
        "x": 1,
        "xanchor": "left",
        "xshift": 8,
        "y": y,
        "text": text,
        "showarrow": False,
        "font": {"color": color, "size": 12},
        **more,
    }


def month_axis(months: Sequence[date]) -> Figure:
    """Return a category axis with a label on every month, or on every third of many."""
    step = 3 if len(months) > MANY_MONTHS else 2 if len(months) > 8 else 1
    shown = list(reversed(months[::-1][::step]))
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": [month_text(month) for month in months],
        "tickvals": [month_text(month) for month in shown],
        "ticktext": [
            _short(month, shown[place - 1] if place else None) for place, month in enumerate(shown)
        ],
        "tickangle": 0,
        "range": [-0.6, len(months) - 0.4],
    }


def _short(month: date, before: date | None) -> str:
    """The year stands under the first label and where it changes."""
    name, year = month_text(month).split()
    return name if before is not None and before.year == month.year else f"{name}<br>{year}"


def spread(heights: Sequence[float], *, least: float) -> list[float]:
    """Move labels apart so that neighbours, given in rising order, are `least` from each other."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + least) if placed else height)
    return placed
