"""Units against their volume: value over denominator (log), with the bounds of an even process."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboards.charts.frame import Figure, beside, figure

NAMED = 6  # outliers that are named; more would cover each other


@dataclass(frozen=True)
class FunnelPoint:
    """One unit; `flag` is 0 within the bounds, None where it is too small to judge."""

    name: str
    denominator: float
    value: float
    flag: int | None
    words: str
    url: str = ""


def funnel_figure(
    points: Sequence[FunnelPoint],
    *,
    at: Sequence[float],
    bounds: Mapping[float, Sequence[float | None]],
    centre: float | None,
    centre_words: str,
    percent: bool,
    denominator_words: str,
) -> Figure:
    """Draw units as grey dots, those outside as named squares; dashed ±2, solid ±3."""
    outside = sorted((one for one in points if one.flag), key=lambda one: -abs(one.flag or 0))
    inside = [one for one in points if not one.flag]
    top = 1.12 * max([*(one.value for one in points), centre or 0.0, 0.01])
    lines: list[Figure] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": list(at),
            "y": list(line),
            "line": {
                "color": "var(--line-2)",
                "width": 1 if cut else 1.25,
                "dash": "dash" if abs(cut) == 2 else "solid",
            },
            "connectgaps": False,
            "hoverinfo": "skip",
        }
        for cut, line in bounds.items()
    ]
    return figure(
        [
            *lines,
            _dots([one for one in inside if one.flag is None], "circle-open", 7, "var(--b3)"),
            _dots([one for one in inside if one.flag is not None], "circle", 8, "var(--b4)"),
            _dots(outside, "square", 10, "var(--line)"),
        ],
        xaxis={
            "type": "log",
            "title": {
                "text": denominator_words,
                "standoff": 6,
                "font": {"size": 12, "color": "var(--ink-3)"},
            },
            "tickformat": ",~r",
            "nticks": 6,
        },
        yaxis={"range": [0, top], "nticks": 5, "ticksuffix": " %" if percent else ""},
        annotations=[_name(one) for one in outside[:NAMED]]
        + ([beside(centre, centre_words)] if centre is not None else []),
        margin={"l": 48, "r": 84, "t": 14, "b": 48},
    )


def _dots(points: Sequence[FunnelPoint], symbol: str, size: int, color: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [one.denominator for one in points],
        "y": [one.value for one in points],
        "marker": {
            "symbol": symbol,
            "size": size,
            "color": color,
            "line": {"width": 1.5} if symbol.endswith("open") else {"width": 0},
        },
        "customdata": [{"words": one.words, "url": one.url} for one in points],
        "hovertemplate": "%{customdata.words}<extra></extra>",
    }


def _name(one: FunnelPoint) -> Figure:
    return {
        "x": math.log10(one.denominator),  # a label on a log axis wants the power of ten
        "y": one.value,
        "text": one.name,
        "showarrow": False,
        "xanchor": "right",
        "xshift": -8,
        "font": {"color": "var(--ink)", "size": 12, "weight": "bold"},
    }
