"""Kaplan-Meier curves of several units over one time axis, told apart by line and by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.charts.frame import Figure, beside, figure, spread
from dashboards.charts.survival import Curve

CURVES_SHOWN = 6
LINES = (
    ("var(--line)", "solid"),
    ("var(--line-2)", "solid"),
    ("var(--line)", "dash"),
    ("var(--line-2)", "dash"),
    ("var(--line)", "dot"),
    ("var(--line-2)", "dot"),
)
LABEL_HEIGHT = 7.0  # of 100


@dataclass(frozen=True)
class NamedCurve:
    """One unit: its name, curve, how many cases are behind it, where it leads."""

    name: str
    curve: Curve
    cases: int
    url: str = ""


def curves_figure(curves: Sequence[NamedCurve], *, ended: str, step: str) -> Figure:
    """Draw the first curves given, with a tick where a case was last seen open."""
    shown = list(curves[:CURVES_SHOWN])
    end = max((one.curve.longest for one in shown), default=1)
    traces: list[Figure] = []
    for one, (color, dash) in zip(shown, LINES, strict=False):
        traces += _traces(one, color, dash, ended=ended, step=step)
    lowest = sorted(shown, key=lambda one: one.curve.left_on(one.curve.longest))
    heights = spread(
        [100 * one.curve.left_on(one.curve.longest) for one in lowest], least=LABEL_HEIGHT
    )
    return figure(
        traces,
        shapes=[_half()],
        annotations=[
            beside(height, one.name, color="var(--ink-2)")
            for one, height in zip(lowest, heights, strict=True)
        ],
        xaxis={"range": [0, 1.02 * end], "ticksuffix": f" {step[:1]}", "nticks": 7},
        yaxis={
            "range": [-2, 106],
            "tickvals": [0, 25, 50, 75, 100],
            "ticktext": ["0", "25 %", "50 %", "75 %", "100 %"],
        },
        margin={"l": 52, "r": 148, "t": 12, "b": 36},
    )


def _traces(one: NamedCurve, color: str, dash: str, *, ended: str, step: str) -> list[Figure]:
    curve = one.curve
    days = sorted(curve.survival)
    ticks = sorted(curve.censored)

    def custom(day: int, words: str) -> dict[str, str]:
        return {"words": f"{one.name}, {step} {day}: {words}", "url": one.url}

    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": one.name,
            "line": {"color": color, "width": 2, "shape": "hv", "dash": dash},
            "x": [0, *days, curve.longest],
            "y": [100.0, *(100 * curve.left_on(day) for day in (*days, curve.longest))],
            "customdata": [
                custom(day, f"{100 * curve.left_on(day):.0f} % not {ended}")
                for day in (0, *days, curve.longest)
            ],
            "hovertemplate": "%{customdata.words}<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": ticks,
            "y": [100 * curve.left_on(day) for day in ticks],
            "marker": {"symbol": "line-ns", "size": 9, "line": {"color": color, "width": 1.5}},
            "customdata": [
                custom(day, f"{curve.censored[day]} not {ended} so far") for day in ticks
            ],
            "hovertemplate": "%{customdata.words}<extra></extra>",
        },
    ]


def _half() -> Figure:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": 50,
        "y1": 50,
        "layer": "below",
        "line": {"color": "var(--line-2)", "width": 1, "dash": "dot"},
    }
