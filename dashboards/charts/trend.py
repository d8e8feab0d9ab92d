"""The trend of one KPI: a value per month, the limits we ask for, and months without a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.charts.events import EVENT_ROWS, event_marks
from dashboards.charts.frame import Figure, beside, figure, month_axis
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import RagStatus
from kpis.engine.wording import limit_words, value_words
from oversight.look.times import month_text

# Beyond a limit the point wears the colour and a shape of its own; all others are round ink.
SYMBOLS = {
    RagStatus.RED: ("square", "var(--r-fill)", 10),
    RagStatus.AMBER: ("diamond", "var(--a-mark)", 11),
    RagStatus.INSUFFICIENT: ("circle-open", "var(--line-2)", 8),
}
ROUND = ("circle", "var(--line)", 8)


@dataclass(frozen=True)
class TrendPoint:
    """One month: its value, or None; `missing` says that one was due.

    `first_value` is the figure before a restatement, `bound` what a value that is not known yet
    exceeds. `words` is shown on hover, `url` on click.
    """

    month: date
    value: float | None
    status: str
    words: str
    url: str = ""
    missing: bool = False
    first_value: float | None = None
    bound: float | None = None


def trend_figure(
    definition: KpiDefinition,
    points: Sequence[TrendPoint],
    events: Sequence[tuple[date, str]] = (),
) -> Figure:
    """Draw the months in order; a month without a value breaks the line, it is not bridged.

    `events` are said above the month from which they hold.
    """
    months = [month_text(point.month) for point in points]
    values = [point.value for point in points]
    top = _top(definition, points)
    traces: list[Figure] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": months,
            "y": values,
            "connectgaps": False,
            "line": {"color": "var(--line)", "width": 2},
            "hoverinfo": "skip",
        },
        _first_figures(points),
        _points(points),
        _bounds(points),
    ]
    shapes, labels = _limits(definition)
    for place, (month, words) in enumerate(events):
        line, label = event_marks(month, words, [point.month for point in points], place)
        shapes.append(line)
        labels.append(label)
    labels += [_gap(point) for point in points if point.missing]
    last = next((point for point in reversed(points) if point.value is not None), None)
    if last is not None and last is points[-1]:
        labels.append(_last(definition, last, points))
    return figure(
        traces,
        xaxis=month_axis([point.month for point in points]),
        yaxis={
            "range": [0, top],
            "ticksuffix": " %" if definition.unit == "%" else "",
            "nticks": 6,
        },
        shapes=shapes,
        annotations=labels,
        margin={"l": 44, "r": 116, "t": 20 + 15 * min(len(events), EVENT_ROWS), "b": 42},
    )


def _points(points: Sequence[TrendPoint]) -> Figure:
    there = [point for point in points if point.value is not None]
    looks = [
        SYMBOLS.get(RagStatus(point.status), ROUND) if point.status else ROUND for point in there
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [month_text(point.month) for point in there],
        "y": [point.value for point in there],
        "marker": {
            "symbol": [look[0] for look in looks],
            "color": [look[1] for look in looks],
            "size": [look[2] for look in looks],
            "line": {"color": "var(--sheet)", "width": 1.5},
        },
        "customdata": [{"words": point.words, "url": point.url} for point in there],
        "hovertemplate": "%{customdata.words}<extra></extra>",
    }


def _bounds(points: Sequence[TrendPoint]) -> Figure:
    """Months whose value lies above a number, at that number."""
    there = [point for point in points if point.bound is not None]
    looks = [SYMBOLS.get(RagStatus(point.status), ROUND) for point in there]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [month_text(point.month) for point in there],
        "y": [point.bound for point in there],
        "marker": {
            "symbol": "triangle-up",
            "color": [look[1] for look in looks],
            "size": 12,
            "line": {"color": "var(--sheet)", "width": 1.5},
        },
        "customdata": [{"words": point.words, "url": point.url} for point in there],
        "hovertemplate": "%{customdata.words}<extra></extra>",
    }


def _first_figures(points: Sequence[TrendPoint]) -> Figure:
    restated = [point for point in points if point.first_value is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [month_text(point.month) for point in restated],
        "y": [point.first_value for point in restated],
        "marker": {
            "symbol": "circle",
            "color": "var(--sheet)",
            "size": 8,
            "line": {"color": "var(--line-2)", "width": 1.5},
        },
        "customdata": [
            {"words": f"{month_text(point.month)}: first figure, later restated"}
            for point in restated
        ],
        "hovertemplate": "%{customdata.words}<extra></extra>",
    }


def _limits(definition: KpiDefinition) -> tuple[list[Figure], list[Figure]]:
    if definition.limits is None:
        return [], []
    shapes, labels = [], []
    for name, limit, line, text in (
        ("amber", definition.limits.amber, "var(--a-line)", "var(--a-text)"),
        ("red", definition.limits.red, "var(--r-text)", "var(--r-text)"),
    ):
        for one in limit if isinstance(limit, tuple) else (limit,):
            shapes.append(
                {
                    "type": "line",
                    "xref": "paper",
                    "x0": 0,
                    "x1": 1,
                    "y0": one,
                    "y1": one,
                    "layer": "below",
                    "line": {"color": line, "width": 1.25, "dash": "dashdot"},
                }
            )
            words = f"{name} limit {limit_words(one, definition.unit)}"
            labels.append(beside(one, words, color=text, yshift=6 if name == "red" else -6))
    return shapes, labels


def _gap(point: TrendPoint) -> Figure:
    return {
        "x": month_text(point.month),
        "y": 0,
        "yref": "paper",
        "yanchor": "bottom",
        "text": "∅",
        "hovertext": f"{month_text(point.month)}: due and not there",
        "showarrow": False,
        "font": {"color": "var(--m-ink)", "size": 14},
        "bordercolor": "var(--m-ink)",
        "borderwidth": 1,
        "borderpad": 1,
        "bgcolor": "var(--m-fill)",
    }


def _last(definition: KpiDefinition, point: TrendPoint, points: Sequence[TrendPoint]) -> Figure:
    """Write the last value, on the side to which the line does not run."""
    before = next((one.value for one in points[-2:-1] if one.value is not None), None)
    falling = before is not None and point.value is not None and before > point.value
    color = "var(--r-text)" if point.status == RagStatus.RED else "var(--ink)"
    return {
        "x": month_text(point.month),
        "y": point.value,
        "text": value_words(point.value, definition.unit),
        "showarrow": False,
        "yshift": -15 if falling else 15,
        "xanchor": "right",
        "xshift": 10,
        # A weight and not <b>, which plotly turns into a style attribute.
        "font": {"color": color, "size": 12, "weight": "bold"},
    }


def _top(definition: KpiDefinition, points: Sequence[TrendPoint]) -> float:
    """Leave room above the highest value and the red limit, so that both are seen."""
    red = definition.limits.red if definition.limits else 0.0
    values = [point.value or 0.0 for point in points]
    first = [max(point.first_value or 0.0, point.bound or 0.0) for point in points]
    return 1.18 * max([*values, *first, max(red) if isinstance(red, tuple) else red, 0.1])
