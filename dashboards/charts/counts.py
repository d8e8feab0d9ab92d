"""What a value is made of by month: numerator above, denominator below, each to its scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.charts.frame import Figure, figure, month_axis
from oversight.look.times import month_text


@dataclass(frozen=True)
class CountMonth:
    """One month: numerator and denominator, None where there is no result."""

    month: date
    numerator: float | None
    denominator: float | None
    words: str = ""


def counts_figure(
    months: Sequence[CountMonth], *, numerator_words: str, denominator_words: str
) -> Figure:
    """Draw the two as bars over one time axis, each named above its own."""
    axis = [month_text(one.month) for one in months]
    common = {
        "type": "bar",
        "x": axis,
        "customdata": [{"words": one.words} for one in months],
        "hovertemplate": "%{customdata.words}<extra></extra>",
    }
    return figure(
        [
            {
                **common,
                "y": [one.numerator for one in months],
                "marker": {"color": "var(--b5)"},
            },
            {
                **common,
                "y": [one.denominator for one in months],
                "yaxis": "y2",
                "marker": {"color": "var(--b2)"},
            },
        ],
        bargap=0.22,
        xaxis={**month_axis([one.month for one in months]), "anchor": "y2"},
        yaxis={"domain": [0.57, 0.93], "rangemode": "tozero", "nticks": 4, "tickformat": ",~r"},
        yaxis2={"domain": [0, 0.4], "rangemode": "tozero", "nticks": 4, "tickformat": ",~r"},
        annotations=[_name(numerator_words, 1.0), _name(denominator_words, 0.48)],
        margin={"l": 52, "r": 16, "t": 8, "b": 42},
    )


def _name(text: str, y: float) -> Figure:
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "xanchor": "left",
        "y": y,
        "yanchor": "top",
        "text": text,
        "showarrow": False,
        "font": {"color": "var(--ink-2)", "size": 12},
    }
