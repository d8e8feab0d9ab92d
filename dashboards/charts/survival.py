"""How long cases take: the share still open after so many days, open cases as ticks on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboards.charts.frame import Figure, figure
from dashboards.durations import duration_words
from kpis.engine.definition import KpiDefinition


@dataclass(frozen=True)
class Curve:
    """A Kaplan-Meier curve by day: share still open (1 at first), and cases last seen open.

    `low` and `high` bound the median, None where not reached; `median` likewise.
    """

    survival: Mapping[int, float]
    censored: Mapping[int, int]
    median: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def longest(self) -> int:
        """The last day on which a case was seen."""
        return max([*self.survival, *self.censored, 1])

    def left_on(self, day: int) -> float:
        """Return the share still open at the end of a day."""
        past = [share for at, share in sorted(self.survival.items()) if at <= day]
        return past[-1] if past else 1.0


def survival_figure(definition: KpiDefinition, curve: Curve) -> Figure:
    """Draw the curve with its median, the interval of the median, and the limits asked for."""
    said = duration_words(definition)
    still = f"not {said.ended} after"
    days = sorted(curve.survival)
    ticks = sorted(curve.censored)
    end = curve.longest
    traces: list[Figure] = [
        {
            "type": "scatter",
            "mode": "lines",
            "line": {"color": "var(--line)", "width": 2, "shape": "hv"},
            "x": [0, *days, end],
            "y": [100.0, *(100 * curve.survival[day] for day in days), 100 * curve.left_on(end)],
            "customdata": [
                {"words": f"{100 * curve.left_on(day):.0f} % {still} {day} {said.step}s"}
                for day in (0, *days, end)
            ],
            "hovertemplate": "%{customdata.words}<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": ticks,
            "y": [100 * curve.left_on(day) for day in ticks],
            "marker": {
                "symbol": "line-ns",
                "size": 11,
                "line": {"color": "var(--line)", "width": 1.75},
            },
            "customdata": [
                {
                    "words": f"{curve.censored[day]} not {said.ended}, "
                    f"seen for {day} {said.step}s so far"
                }
                for day in ticks
            ],
            "hovertemplate": "%{customdata.words}<extra></extra>",
        },
    ]
    shapes, labels = _limits(definition)
    shapes = [*_median(curve), *shapes]
    if curve.median is not None:
        labels.append(_label(curve.median, 50, f"{said.name} {curve.median:.0f} {said.short_step}"))
    limits = [shape["x0"] for shape in shapes if shape.get("name") == "limit"]
    return figure(
        traces,
        shapes=shapes,
        annotations=labels,
        xaxis={
            "range": [0, 1.08 * max([end, *limits])],
            "ticksuffix": f" {said.short_step}",
            "nticks": 7,
            "showgrid": False,
        },
        yaxis={
            "range": [0, 106],
            "tickvals": [0, 25, 50, 75, 100],
            "ticktext": ["0", "25 %", "50 %", "75 %", "100 %"],
        },
        margin={"l": 52, "r": 24, "t": 26, "b": 36},
    )


def _median(curve: Curve) -> list[Figure]:
    """A dotted line at one half, and a band over the interval of the median."""
    half = {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": 50,
        "y1": 50,
        "layer": "below",
        "line": {"color": "var(--line-2)", "width": 1, "dash": "dot"},
    }
    if curve.low is None:
        return [half]
    band = {
        "type": "rect",
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "x0": curve.low,
        "x1": curve.high if curve.high is not None else curve.longest,
        "layer": "below",
        "line": {"width": 0},
        "fillcolor": "var(--band)",
    }
    return [half, band]


def _limits(definition: KpiDefinition) -> tuple[list[Figure], list[Figure]]:
    if definition.limits is None or isinstance(definition.limits.amber, tuple):
        return [], []
    shapes, labels = [], []
    for name, limit, line, text in (
        ("amber", definition.limits.amber, "var(--a-line)", "var(--a-text)"),
        ("red", definition.limits.red, "var(--r-text)", "var(--r-text)"),
    ):
        shapes.append(
            {
                "type": "line",
                "name": "limit",
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "x0": limit,
                "x1": limit,
                "layer": "below",
                "line": {"color": line, "width": 1.25, "dash": "dashdot"},
            }
        )
        labels.append(
            {
                "x": limit,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "text": f"{name} {limit:g} d",
                "xanchor": "right" if name == "amber" else "left",
                "showarrow": False,
                "font": {"color": text, "size": 12},
            }
        )
    return shapes, labels


def _label(x: float, y: float, text: str) -> Figure:
    return {
        "x": x,
        "y": y,
        "text": text,
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "bottom",
        "xshift": 6,
        "font": {"color": "var(--ink)", "size": 12, "weight": "bold"},
    }
