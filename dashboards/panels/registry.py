"""Which panels a KPI has: chosen by its formula, and by site where it is told by site."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dashboards.charts.frame import Figure
from dashboards.panels.ageing import ageing_chart, ageing_panel
from dashboards.panels.categories import (
    categories_chart,
    categories_panel,
    counts_deviations,
)
from dashboards.panels.counts import counts_chart, counts_panel
from dashboards.panels.funnel import funnel_chart, funnel_panel
from dashboards.panels.panel import Panel, page_address
from dashboards.panels.sites import sites_chart, sites_panel
from dashboards.panels.survival import survival_chart, survival_panel
from dashboards.panels.trend import trend_chart, trend_panel
from dashboards.selectors.kpi import KpiView
from kpis.engine.terms import Unit

CHARTS: Mapping[str, tuple[Callable[[KpiView], Figure], Callable[[KpiView], Panel]]] = {
    "trend": (trend_chart, trend_panel),
    "ageing": (ageing_chart, ageing_panel),
    "survival": (survival_chart, survival_panel),
    "counts": (counts_chart, counts_panel),
    "sites": (sites_chart, sites_panel),
    "funnel": (funnel_chart, funnel_panel),
    "categories": (categories_chart, categories_panel),
}
UNIT_NAMES = {
    Unit.PERCENT: "in percent",
    Unit.DAYS: "in days",
    Unit.HOURS: "in hours",
    Unit.PER_100: "per 100",
    Unit.PER_SITE_MONTH: "per site and month",
    Unit.COUNT: "as a count",
    Unit.RATIO: "as a ratio",
    Unit.SCORE: "as a score",
    Unit.CURRENCY: "in the contract's currency",
    Unit.KILOGRAMS: "in kilograms",
}
# What stands on the axes of the charts that do not show the value itself.
COUNTED = {
    "ageing": "open cases",
    "survival": "percent not ended",
    "counts": "as counted",
    "categories": "rows behind the value",
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
    more = ("categories",) if counts_deviations(view) else ()
    return ("trend", *(name for name in chosen if name not in BY_SITE or view.by_site), *more)


def figure_of(view: KpiView, name: str) -> Figure:
    """Return a figure; on hover each point says the version of the definition as well."""
    figure = CHARTS[name][0](view)
    version = f"definition version {view.definition.version}"
    for trace in figure["data"]:
        for custom in trace.get("customdata", ()):
            if custom["words"] and "definition version" not in custom["words"]:
                custom["words"] += f"<br>{version}"
    return figure


def chart_of(view: KpiView, name: str) -> dict[str, Any]:
    """Return what a page includes: the panel, its figure and the address of its CSV.

    The figure stands in the page: it is made from what the page has read already, and asking for it
    once more would cost the server the whole view again.
    """
    panel = CHARTS[name][1](view)
    unit = COUNTED.get(name, UNIT_NAMES[view.definition.unit])
    return {
        "panel": replace(panel, subtitle=panel.subtitle or unit),
        "figure": figure_of(view, name),
        "csv": page_address(view, "kpi-csv", view.definition.slug, name),
    }
