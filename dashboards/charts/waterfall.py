"""A change taken apart as a waterfall: from the value before, step by step, to the value now.

Drawn with bars that begin where the one before ends: the bundle in the page has no waterfall.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.charts.frame import Figure, figure

ROW_HEIGHT, FRAME_HEIGHT = 26, 48
SHADES = {
    "total": "var(--line)",
    "performance": "var(--b4)",
    "mix": "var(--b2)",
    "loose": "var(--b3)",
}


@dataclass(frozen=True)
class Step:
    """One bar: a total that stands on the axis, or an amount added to what was reached.

    `kind` is one of SHADES.
    """

    name: str
    amount: float
    kind: str
    label: str
    words: str


def reached(steps: Sequence[Step]) -> list[tuple[float, float]]:
    """Return where each bar begins and ends."""
    at, found = 0.0, []
    for one in steps:
        start = 0.0 if one.kind == "total" else at
        at = start + one.amount
        found.append((start, at))
    return found


def waterfall_figure(steps: Sequence[Step], *, suffix: str = "") -> Figure:
    """Draw the steps from top to bottom; the axis begins near the values, not at 0."""
    ends = reached(steps)
    heights = [end for _, end in ends]
    low, high = min(heights), max(heights)
    room = (high - low) or max(abs(high), 1.0)
    first = low - 0.25 * room if low - 0.25 * room > 0 or low < 0 else 0.0
    return figure(
        [
            {
                "type": "bar",
                "orientation": "h",
                "y": [one.name for one in steps],
                "base": [
                    max(first, 0.0) if one.kind == "total" else start
                    for one, (start, _) in zip(steps, ends, strict=True)
                ],
                "x": [
                    end - max(first, 0.0) if one.kind == "total" else one.amount
                    for one, (_, end) in zip(steps, ends, strict=True)
                ],
                "marker": {"color": [SHADES[one.kind] for one in steps]},
                "customdata": [{"words": one.words} for one in steps],
                "hovertemplate": "%{customdata.words}<extra></extra>",
            },
            _links(steps, ends),
        ],
        height=FRAME_HEIGHT + ROW_HEIGHT * len(steps),
        bargap=0.3,
        annotations=[
            {
                "x": max(pair),
                "y": one.name,
                "text": one.label,
                "showarrow": False,
                "xanchor": "left",
                "xshift": 6,
                "font": {
                    "color": "var(--ink)" if one.kind == "total" else "var(--ink-2)",
                    "size": 12,
                    **({"weight": "bold"} if one.kind == "total" else {}),
                },
            }
            for one, pair in zip(steps, ends, strict=True)
        ],
        xaxis={
            "range": [first, high + 0.3 * room],
            "showgrid": True,
            "showline": False,
            "nticks": 6,
            "ticksuffix": suffix,
        },
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [one.name for one in steps],
            "autorange": "reversed",
            "showgrid": False,
            "ticksuffix": "  ",
        },
        margin={"l": 60, "r": 24, "t": 6, "b": 30},
    )


def _links(steps: Sequence[Step], ends: Sequence[tuple[float, float]]) -> Figure:
    """Thin lines from the end of each bar to the next, so that the eye can follow."""
    pairs = [
        (one.name, below.name, end)
        for one, below, (_, end) in zip(steps, steps[1:], ends, strict=False)
    ]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [part for *_, end in pairs for part in (end, end, None)],
        "y": [part for one, below, _ in pairs for part in (one, below, None)],
        "line": {"color": "var(--line-2)", "width": 1, "dash": "dot"},
        "connectgaps": False,
        "hoverinfo": "skip",
    }
