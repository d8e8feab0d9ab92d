"""The trend of one scope by the version on record and by the coming one, as a Plotly figure."""

from collections.abc import Sequence
from typing import Any

from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import RagStatus, Unit
from kpis.engine.wording import limit_words
from kpis.shadow.beside import Beside, Figures, name_of
from oversight.look.times import month_text

# Beyond a limit a point wears the colour and a shape of its own, as in every trend.
SYMBOLS = {
    RagStatus.RED: ("square", "var(--r-fill)", 10),
    RagStatus.AMBER: ("diamond", "var(--a-mark)", 11),
    RagStatus.INSUFFICIENT: ("circle-open", "var(--line-2)", 8),
}
ROUND = ("circle", "var(--line)", 8)


def shadow_figure(months: Sequence[Beside], after: KpiDefinition) -> dict[str, Any]:
    """Draw both, oldest month first: dashed on record, whole by the coming version.

    A month without a value breaks the line. Limits are those of the coming version.
    """
    names = [month_text(one.period) for one in months]
    before = [one.before for one in months]
    coming = [one.after for one in months]
    limits = _limits(after)
    return {
        "data": [
            _line(names, before, "On record", dash="dot"),
            _line(names, coming, f"Version {after.version}", dash="solid"),
        ],
        "layout": {
            "showlegend": True,
            "legend": {"orientation": "h", "x": 0, "y": 1.14},
            "xaxis": _months(names),
            "yaxis": {
                "rangemode": "tozero",
                "ticksuffix": " %" if after.unit is Unit.PERCENT else "",
                "nticks": 6,
            },
            "shapes": [_shape(edge, line) for edge, line, _, _ in limits],
            "annotations": [_label(edge, *words) for edge, _, *words in limits],
            "margin": {"l": 44, "r": 116, "t": 30, "b": 42},
        },
    }


def _months(names: Sequence[str]) -> dict[str, Any]:
    """Label every month, or every second or third of many, the newest always; year below."""
    step = 3 if len(names) > 14 else 2 if len(names) > 8 else 1
    shown = list(reversed(names[::-1][::step]))
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(names),
        "tickvals": shown,
        "ticktext": [name.replace(" ", "<br>") for name in shown],
        "tickangle": 0,
    }


def _line(
    names: Sequence[str], figures: Sequence[Figures], name: str, *, dash: str
) -> dict[str, Any]:
    looks = [SYMBOLS.get(RagStatus(one.rag), ROUND) if one.rag else ROUND for one in figures]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": list(names),
        "y": [one.value for one in figures],
        "connectgaps": False,
        "line": {"color": "var(--line)", "width": 2, "dash": dash},
        "marker": {
            "symbol": [look[0] for look in looks],
            "color": [look[1] for look in looks],
            "size": [look[2] for look in looks],
            "line": {"color": "var(--sheet)", "width": 1.5},
        },
        "customdata": [
            {"words": f"{month}, {name.lower()}: {one.words}{_colour(one)}"}
            for month, one in zip(names, figures, strict=True)
        ],
        "hovertemplate": "%{customdata.words}<extra></extra>",
    }


def _colour(figures: Figures) -> str:
    return f", {name_of(figures.rag)}" if figures.rag else ""


def _limits(after: KpiDefinition) -> list[tuple[float, str, str, str]]:
    """Return each edge with the colour of its line, its words and their colour."""
    if after.limits is None:
        return []
    return [
        (edge, line, f"{name} limit {limit_words(edge, after.unit)}", text)
        for name, limit, line, text in (
            ("amber", after.limits.amber, "var(--a-line)", "var(--a-text)"),
            ("red", after.limits.red, "var(--r-text)", "var(--r-text)"),
        )
        for edge in (limit if isinstance(limit, tuple) else (limit,))
    ]


def _shape(edge: float, line: str) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": edge,
        "y1": edge,
        "layer": "below",
        "line": {"color": line, "width": 1.25, "dash": "dashdot"},
    }


def _label(edge: float, words: str, color: str) -> dict[str, Any]:
    """Write a limit to the right of the plot."""
    return {
        "xref": "paper",
        "x": 1,
        "xanchor": "left",
        "xshift": 8,
        "y": edge,
        "text": words,
        "showarrow": False,
        "font": {"color": color, "size": 12},
    }
