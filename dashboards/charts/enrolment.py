"""Enrolment as an S-curve: participants up to the end of each month, with the plan if one is."""

from collections.abc import Sequence
from datetime import date

from dashboards.charts.frame import Figure, beside, figure, month_axis
from oversight.look.times import month_text


def enrolment_figure(
    months: Sequence[tuple[date, int, int]], planned: Sequence[tuple[date, int]] = ()
) -> Figure:
    """Draw the months: each with how many were enrolled in it, and up to its end."""
    axis = [month_text(month) for month, *_ in months]
    totals = [total for *_, total in months]
    traces: list[Figure] = [
        {
            "type": "bar",
            "x": axis,
            "y": [new for _, new, _ in months],
            "marker": {"color": "var(--b2)"},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": axis,
            "y": totals,
            "line": {"color": "var(--line)", "width": 2},
            "marker": {"color": "var(--line)", "size": 5},
            "customdata": [
                {"words": f"{month_text(month)}: {total:,} enrolled, {new:,} in the month"}
                for month, new, total in months
            ],
            "hovertemplate": "%{customdata.words}<extra></extra>",
        },
    ]
    labels = [beside(totals[-1], f"{totals[-1]:,} enrolled", color="var(--ink)")] if totals else []
    if planned:
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [month_text(month) for month, _ in planned],
                "y": [count for _, count in planned],
                "line": {"color": "var(--line-2)", "width": 1.25, "dash": "dash"},
                "hoverinfo": "skip",
            }
        )
        labels.append(beside(planned[-1][1], "plan"))
    return figure(
        traces,
        xaxis=month_axis([month for month, *_ in months]),
        yaxis={
            "range": [0, 1.1 * max([*totals, *(count for _, count in planned), 1])],
            "nticks": 5,
            "tickformat": ",d",
        },
        annotations=labels,
        margin={"l": 44, "r": 96, "t": 14, "b": 42},
    )
