"""The usual range of a process, laid under a trend: centre, natural limits, rings around signals.

All of it is grey ink: only what is asked for wears a colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from dashboards.charts.frame import Figure, beside, spread
from oversight.look.times import month_text

LABEL_HEIGHT = 0.062  # of the plot's height: what a line of text needs


@dataclass(frozen=True)
class ControlMonth:
    """One month: centre and limits, None where there are none; `ring` where it stands out."""

    month: date
    value: float | None
    centre: float | None
    lower: float | None = None
    upper: float | None = None
    ring: bool = False


@dataclass(frozen=True)
class ControlNames:
    """What the lines are called beside the plot; empty for none."""

    centre: str
    lower: str = ""
    upper: str = ""


def with_control(figure: Figure, months: Sequence[ControlMonth], names: ControlNames) -> Figure:
    """Return the trend with the range under it; limits below 0 are drawn at 0, without a name."""
    axis = [month_text(one.month) for one in months]
    upper, lower = [one.upper for one in months], [_floor(one.lower) for one in months]
    under = [
        _line(axis, upper, dash="dash"),
        _line(axis, lower, dash="dash"),
        _line(axis, [one.centre for one in months], dash="solid"),
    ]
    rings = [one for one in months if one.ring]
    ring: Figure = {
        "type": "scatter",
        "mode": "markers",
        "x": [month_text(one.month) for one in rings],
        "y": [one.value for one in rings],
        "marker": {
            "symbol": "circle-open",
            "size": 17,
            "color": "var(--line)",
            "line": {"width": 1.5},
        },
        "hoverinfo": "skip",
    }
    layout: dict[str, Any] = dict(figure["layout"])
    top = max([layout["yaxis"]["range"][1], *(1.08 * one for one in upper if one is not None)])
    layout["yaxis"] = layout["yaxis"] | {"range": [0, top]}
    layout["shapes"] = [
        *_bands(months),
        # Uprights of events stay; limits are drawn over the range.
        *(_above(one, len(months)) if "xref" in one else one for one in layout["shapes"]),
    ]
    last = months[-1] if months else None
    labels = (
        [
            beside(height, text)
            for height, text in (
                (last.centre, names.centre),
                (last.lower, names.lower),
                (last.upper, names.upper),
            )
            if text and height is not None and height >= 0
        ]
        if last
        else []
    )
    layout["annotations"] = _apart([*layout["annotations"], *labels], least=LABEL_HEIGHT * top)
    return {"data": [*under, *figure["data"], ring], "layout": layout}


def _bands(months: Sequence[ControlMonth]) -> list[Figure]:
    """Return a rectangle for each stretch of months that share their range."""
    stretches = groupby(enumerate(months), key=lambda pair: (pair[1].lower, pair[1].upper))
    found: list[Figure] = []
    for (lower, upper), pairs in stretches:
        places = [place for place, _ in pairs]
        if upper is not None:
            found.append(
                {
                    "type": "rect",
                    "x0": places[0] - 0.5,  # a category axis counts its places from 0
                    "x1": places[-1] + 0.5,
                    "y0": _floor(lower),
                    "y1": upper,
                    "layer": "below",
                    "line": {"width": 0},
                    "fillcolor": "var(--band)",
                }
            )
    return found


def _above(limit: Figure, count: int) -> Figure:
    """Let a limit run over the axis: lines over the paper would be drawn below the range."""
    return limit | {"xref": "x", "x0": -0.6, "x1": count - 0.4}


def _line(axis: list[str], heights: list[float | None], *, dash: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": axis,
        "y": heights,
        "line": {"color": "var(--line-2)", "width": 1, "dash": dash, "shape": "hvh"},
        "hoverinfo": "skip",
    }


def _apart(labels: list[Figure], *, least: float) -> list[Figure]:
    """Keep the labels beside the plot readable; those inside it stay where they are."""
    right = sorted((one for one in labels if one.get("xref") == "paper"), key=lambda one: one["y"])
    placed = spread([one["y"] for one in right], least=least)
    moved = [
        {key: word for key, word in one.items() if key != "yshift"} | {"y": height}
        for one, height in zip(right, placed, strict=True)
    ]
    return [*(one for one in labels if one.get("xref") != "paper"), *moved]


def _floor(height: float | None) -> float | None:
    return None if height is None else max(height, 0.0)
