"""Open cases by age, month by month: stacked bars, the oldest at the bottom and darkest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.charts.frame import Figure, beside, figure, month_axis, spread
from kpis.engine.wording import number_words
from oversight.look.times import month_text

# Youngest first; as many as the stylesheet has, the last repeated for the oldest.
SHADES = ("var(--b1)", "var(--b2)", "var(--b3)", "var(--b4)", "var(--b5)")
FEW_MONTHS = 7  # so many labels stand above the bars without touching
LABEL_HEIGHT = 0.075  # of the plot's height: what a line of text needs


@dataclass(frozen=True)
class AgeingMonth:
    """One month: open cases by bucket, youngest first; None where there is no result."""

    month: date
    buckets: Mapping[str, int] | None
    label: str = ""


def bucket_words(name: str) -> str:
    """Say a bucket: "0-3" is 0 to 3 d, ">30" is over 30 d."""
    if name.startswith(">"):
        return f"over {name[1:]} d"
    return f"{name.replace('-', ' to ')} d"


def ageing_figure(names: Sequence[str], months: Sequence[AgeingMonth]) -> Figure:
    """Draw the months in order; `names` are the buckets, youngest first."""
    shades = dict(zip(reversed(names), reversed(SHADES), strict=False))
    axis = [month_text(one.month) for one in months]
    traces: list[Figure] = [
        {
            "type": "bar",
            "name": bucket_words(name),
            "x": axis,
            "y": [one.buckets.get(name, 0) if one.buckets else None for one in months],
            "marker": {
                "color": shades.get(name, SHADES[0]),
                "line": {"color": "var(--sheet)", "width": 1},
            },
            "customdata": [
                {"words": _words(one, name)} if one.buckets else {"words": ""} for one in months
            ],
            "hovertemplate": "%{customdata.words}<extra></extra>",
        }
        for name in reversed(names)
    ]
    totals = [sum(one.buckets.values()) if one.buckets else 0 for one in months]
    top = 1.12 * max([*totals, 1])
    labels = [
        {
            "x": month_text(one.month),
            "y": total,
            "yshift": 9,
            "text": one.label,
            "showarrow": False,
            "font": {"color": "var(--ink-2)", "size": 11},
        }
        for place, (one, total) in enumerate(zip(months, totals, strict=True))
        if one.label and (len(months) <= FEW_MONTHS or (len(months) - 1 - place) % 2 == 0)
    ]
    return figure(
        traces,
        barmode="stack",
        bargap=0.18,
        xaxis=month_axis([one.month for one in months]),
        yaxis={"range": [0, top], "nticks": 5, "tickformat": ",d"},
        annotations=labels + _names(names, months, top),
        margin={"l": 44, "r": 84, "t": 14, "b": 42},
    )


def _names(names: Sequence[str], months: Sequence[AgeingMonth], top: float) -> list[Figure]:
    """Name the buckets beside the last bar, each at its own part of it, oldest lowest."""
    last = next((one.buckets for one in reversed(months) if one.buckets), None)
    if last is None:
        return []
    heights, below = [], 0.0
    for name in reversed(names):
        heights.append(below + last.get(name, 0) / 2)
        below += last.get(name, 0)
    placed = spread(heights, least=LABEL_HEIGHT * top)
    return [
        beside(height, bucket_words(name), color="var(--ink-2)")
        for name, height in zip(reversed(names), placed, strict=True)
    ]


def _words(one: AgeingMonth, name: str) -> str:
    count = one.buckets.get(name, 0) if one.buckets else 0
    return f"{month_text(one.month)}: {number_words(count)} open for {bucket_words(name)}"
