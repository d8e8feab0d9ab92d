"""Where the numerator sits: the sites with the largest part of it, as bars."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.charts.frame import Figure, figure

SITES_SHOWN = 12
ROW_HEIGHT, FRAME_HEIGHT = 24, 56


@dataclass(frozen=True)
class SiteBar:
    """One site: numerator, denominator and its texts."""

    site: str
    numerator: float
    denominator: float
    label: str
    words: str
    url: str = ""


def sites_figure(bars: Sequence[SiteBar], *, numerator_words: str) -> Figure:
    """Draw the first sites given; the dark part of a bar is the numerator."""
    shown = list(bars[:SITES_SHOWN])
    names = [bar.site for bar in shown]
    more = {
        "customdata": [{"words": bar.words, "url": bar.url} for bar in shown],
        "hovertemplate": "%{customdata.words}<extra></extra>",
        "orientation": "h",
        "y": names,
        "type": "bar",
    }
    longest = max([bar.denominator for bar in shown] or [1])
    return figure(
        [
            {
                **more,
                "name": numerator_words,
                "x": [bar.numerator for bar in shown],
                "marker": {"color": "var(--b5)"},
            },
            {
                **more,
                "name": "others",
                "x": [bar.denominator - bar.numerator for bar in shown],
                "marker": {"color": "var(--b2)"},
                "text": [bar.label for bar in shown],
                "textposition": "outside",
                "cliponaxis": False,
                "textfont": {"color": "var(--ink-2)", "size": 12},
            },
        ],
        barmode="stack",
        bargap=0.3,
        height=FRAME_HEIGHT + ROW_HEIGHT * max(len(shown), 1),
        xaxis={
            "range": [0, 1.4 * longest],
            "showgrid": True,
            "showline": False,
            "nticks": 5,
            "tickformat": ",d",
        },
        yaxis={"type": "category", "autorange": "reversed", "showgrid": False, "ticksuffix": "  "},
        margin={"l": 60, "r": 16, "t": 6, "b": 28},
    )
