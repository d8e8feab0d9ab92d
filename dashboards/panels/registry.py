"""Which panels a KPI has: chosen by its formula, and by site where it is told by site."""

from collections.abc import Callable, Mapping
from typing import Any

from dashboards.charts.frame import Figure
from dashboards.panels.ageing import ageing_chart, ageing_panel
from dashboards.panels.counts import counts_chart, counts_panel
from dashboards.panels.funnel import funnel_chart, funnel_panel
from dashboards.panels.panel import Panel, page_address
from dashboards.panels.sites import sites_chart, sites_panel
from dashboards.panels.survival import survival_chart, survival_panel
from dashboards.panels.trend import trend_chart, trend_panel
from dashboards.selectors.kpi import KpiView

CHARTS: Mapping[str, tuple[Callable[[KpiView], Figure], Callable[[KpiView], Panel]]] = {
    "trend": (trend_chart, trend_panel),
    "ageing": (ageing_chart, ageing_panel),
    "survival": (survival_chart, survival_panel),
    "counts": (counts_chart, counts_panel),
    "sites": (sites_chart, sites_panel),
    "funnel": (funnel_chart, funnel_panel),
}
BY_SITE = ("sites", "funnel")
BY_FORMULA: Mapping[str, tuple[str, ...]] = {
    "stock_ageing": ("ageing", "sites", "funnel"),
    "event_rate": ("counts", "sites", "funnel"),
    "share": ("counts", "sites", "funnel"),
    "timeliness": ("counts", "sites", "funnel"),
    "ratio": ("counts", "sites"),
    "duration": ("survival",),
    "count": (),
    "variance": (),
    "concentration": (),
    "adherence": ("counts",),
    "survey_index": (),
}


def names_of(view: KpiView) -> tuple[str, ...]:
    """Return the names of the charts of a KPI, the trend first."""
    chosen = BY_FORMULA[view.definition.formula]
    return ("trend", *(name for name in chosen if name not in BY_SITE or view.by_site))


def chart_of(view: KpiView, name: str) -> dict[str, Any]:
    """Return what a page includes: the panel and the addresses of figure and CSV."""
    args = (view.definition.slug, name)
    return {
        "panel": CHARTS[name][1](view),
        "src": page_address(view, "kpi-chart", *args),
        "csv": page_address(view, "kpi-csv", *args),
    }
