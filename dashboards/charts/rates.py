"""A rate by site: bars of the value, with what it is made of beside each."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.charts.frame import Figure, figure
from dashboards.charts.sites import FRAME_HEIGHT, ROW_HEIGHT, SITES_SHOWN


@dataclass(frozen=True)
class RateBar:
    """One site: its value, whether enough stands behind it to judge, and its texts."""

    site: str
    value: float
    enough: bool
    label: str
    words: str
    url: str = ""


def rates_figure(bars: Sequence[RateBar], *, whole: float | None) -> Figure:
    """Draw the first sites given; pale where too few to judge. `whole` is the scope's own value."""
    shown = list(bars[:SITES_SHOWN])
    longest = max([*(bar.value for bar in shown), whole or 0.0, 0.01])
    trace: Figure = {
        "type": "bar",
        "orientation": "h",
        "y": [bar.site for bar in shown],
        "x": [bar.value for bar in shown],
        "marker": {"color": ["var(--b5)" if bar.enough else "var(--b2)" for bar in shown]},
        "text": [bar.label for bar in shown],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": "var(--ink-2)", "size": 12},
        "customdata": [{"words": bar.words, "url": bar.url} for bar in shown],
        "hovertemplate": "%{customdata.words}<extra></extra>",
    }
    return figure(
        [trace],
        bargap=0.3,
        height=FRAME_HEIGHT + ROW_HEIGHT * max(len(shown), 1),
        shapes=[] if whole is None else [_line(whole)],
        xaxis={
            "range": [0, 1.5 * longest],
            "showgrid": True,
            "showline": False,
            "nticks": 5,
        },
        yaxis={"type": "category", "autorange": "reversed", "showgrid": False, "ticksuffix": "  "},
        margin={"l": 60, "r": 16, "t": 6, "b": 28},
    )


def _line(value: float) -> Figure:
    return {
        "type": "line",
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "x0": value,
        "x1": value,
        "line": {"color": "var(--line-2)", "width": 1.25, "dash": "dash"},
    }
