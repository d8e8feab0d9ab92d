"""Open cases by age, month by month: the panel of the formula `stock_ageing`."""

from typing import Any

from dashboards.charts.ageing import AgeingMonth, ageing_figure, bucket_words
from dashboards.charts.frame import Figure
from dashboards.findings import plural
from dashboards.panels.panel import Panel, months_due
from dashboards.selectors.kpi import KpiView
from kpis.engine.ageing import bucket_names
from kpis.engine.wording import number_words
from oversight.look.tables import Column
from oversight.look.times import month_text

AGEING_MONTHS = 12
QUERIES = "queries"


def ageing_chart(view: KpiView) -> Figure:
    """Draw open cases by age for the last months."""
    return ageing_figure(buckets(view), ageing_months(view))


def ageing_panel(view: KpiView) -> Panel:
    """Describe the ageing chart."""
    names, months = buckets(view), ageing_months(view)
    oldest = bucket_words(names[-1])
    now = months[-1].buckets
    one, many = (
        ("query", "queries") if view.definition.listings[0] == QUERIES else ("case", "cases")
    )
    title = (
        f"{plural(now[names[-1]], f'{one} has', f'{many} have')} been open {oldest}"
        if now
        else f"Open {many} by age"
    )
    return Panel(
        name="ageing",
        title=title.replace(" d", " days"),
        summary=f"Open {many} by age at each cut-off, {plural(len(months), 'month')}.",
        columns=(
            Column("Period"),
            *(Column(bucket_words(name), numeric=True) for name in names),
            Column("Open", numeric=True),
        ),
        rows=tuple(
            (
                month_text(one.month),
                *(number_words(one.buckets.get(name)) if one.buckets else "–" for name in names),
                number_words(sum(one.buckets.values())) if one.buckets else "–",
            )
            for one in months
        ),
        note="At each cut-off, by age. Above a bar: share older than "
        f"{view.definition.parameters['older_than']} days.",
    )


def ageing_months(view: KpiView) -> list[AgeingMonth]:
    """Return the last months with their buckets."""
    return [
        AgeingMonth(
            month,
            reading.detail.get("buckets") if reading else None,
            f"{reading.value:.0f} %" if reading and reading.value is not None else "",
        )
        for month, reading, _ in months_due(view)[-AGEING_MONTHS:]
    ]


def buckets(view: KpiView) -> tuple[str, ...]:
    """Return the names of the buckets, youngest first."""
    edges: Any = view.definition.parameters["buckets"]
    return bucket_names(tuple(edges))
