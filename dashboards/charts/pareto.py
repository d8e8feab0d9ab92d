"""Pareto: which few kinds make most of the cases; one axis, the share so far beside each bar."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.charts.frame import Figure, figure
from kpis.engine.wording import NBSP, number_words

KINDS_SHOWN = 12
VITAL = 80.0  # percent: the kinds that make so much together are dark
ROW_HEIGHT, FRAME_HEIGHT = 24, 48
NAME_LENGTH = 34  # characters that fit beside the axis


@dataclass(frozen=True)
class ParetoBar:
    """One kind: its cases, its percent of all, the percent of it and those before it together."""

    name: str
    count: int
    share: float
    so_far: float
    url: str = ""

    @property
    def vital(self) -> bool:
        """True for the kinds that are needed to make 80 % of the cases."""
        return self.so_far - self.share < VITAL


def ranked(counts: Sequence[tuple[str, int]], urls: Sequence[str] = ()) -> tuple[ParetoBar, ...]:
    """Return kinds with cases, most first; `urls` belong to `counts` by place."""
    whole = sum(count for _, count in counts)
    addresses = dict(zip((name for name, _ in counts), urls, strict=False))
    so_far, found = 0, []
    for name, count in sorted(counts, key=lambda pair: (-pair[1], pair[0])):
        if count:
            so_far += count
            share, reached = (100 * one / whole for one in (count, so_far))
            found.append(ParetoBar(name, count, share, reached, addresses.get(name, "")))
    return tuple(found)


def pareto_figure(bars: Sequence[ParetoBar], *, noun: str) -> Figure:
    """Draw the first bars given; `noun` is what is counted, such as "deviations"."""
    shown = list(bars[:KINDS_SHOWN])
    longest = max([one.count for one in shown], default=1)
    return figure(
        [
            {
                "type": "bar",
                "orientation": "h",
                "y": [_short(one.name) for one in shown],
                "x": [one.count for one in shown],
                "marker": {"color": ["var(--b5)" if one.vital else "var(--b2)" for one in shown]},
                "text": [_label(one) for one in shown],
                "textposition": "outside",
                "cliponaxis": False,
                "textfont": {"color": "var(--ink-2)", "size": 12},
                "customdata": [
                    {
                        "words": f"{one.name}: {number_words(one.count)} {noun}"
                        f"<br>{one.share:.1f}{NBSP}% of all, {one.so_far:.1f}{NBSP}% so far",
                        "url": one.url,
                    }
                    for one in shown
                ],
                "hovertemplate": "%{customdata.words}<extra></extra>",
            }
        ],
        bargap=0.3,
        height=FRAME_HEIGHT + ROW_HEIGHT * max(len(shown), 1),
        xaxis={
            "range": [0, 1.45 * longest],
            "showgrid": True,
            "showline": False,
            "nticks": 5,
            "tickformat": ",d",
        },
        yaxis={"type": "category", "autorange": "reversed", "showgrid": False, "ticksuffix": "  "},
        margin={"l": 60, "r": 16, "t": 6, "b": 28},
    )


def pareto_words(bars: Sequence[ParetoBar], *, noun: str) -> str:
    """Say how few kinds make most of it."""
    if not bars:
        return f"No {noun}"
    first = [one for one in bars if one.vital]
    reached = f"{first[-1].so_far:.0f}{NBSP}%"
    if len(first) == 1:
        return f"{first[0].name} makes {reached} of the {noun}"
    return f"{len(first)} of {len(bars)} kinds make {reached} of the {noun}"


def _label(one: ParetoBar) -> str:
    return f"{number_words(one.count)}, {one.so_far:.0f}{NBSP}% so far"


def _short(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1].rstrip()}…"
