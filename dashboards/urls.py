"""Addresses of the dashboards. Period, day and scope stand in the query."""

from django.urls import path

from dashboards.views import (
    attention,
    changes,
    computed,
    executive,
    functions,
    kpi,
    overview,
    owed,
    progress,
    quality,
    rows,
    start,
    tables,
    trends,
    why,
)

app_name = "dashboards"
urlpatterns = [
    path("", overview.portfolio_page, name="portfolio"),
    path("portfolio.csv", tables.portfolio_csv, name="portfolio-csv"),
    path("portfolio/studies/", overview.studies, name="studies"),
    path("home/", start.home, name="home"),
    path("attention/", attention.page, name="attention"),
    path("attention/first/", attention.first, name="attention-first"),
    path("attention.csv", attention.csv, name="attention-csv"),
    path("changes/", changes.page, name="changes"),
    path("changes/line/", changes.line, name="changes-line"),
    path("changes.csv", changes.csv, name="changes-csv"),
    path("cros/<int:vendor_id>/scorecard/", overview.cro, name="cro"),
    path("studies/<int:study_id>/dashboard/", overview.study, name="study"),
    path("cros/<int:vendor_id>/trends/", trends.trends, name="trends"),
    path("cros/<int:vendor_id>/trends.csv", trends.trends_csv, name="trends-csv"),
    path("studies/<int:study_id>/progress/", progress.progress, name="progress"),
    path(
        "studies/<int:study_id>/charts/<slug:name>.json", progress.study_chart, name="study-chart"
    ),
    path("studies/<int:study_id>/tables/<slug:name>.csv", progress.study_csv, name="study-csv"),
    path("studies/<int:study_id>/site/", rows.site, name="site"),
    path("functions/dashboard/", functions.functions, name="functions"),
    path("functions/<slug:slug>/dashboard/", functions.function, name="function"),
    path(
        "functions/<slug:slug>/dashboard/<slug:name>.csv",
        functions.function_csv,
        name="function-csv",
    ),
    path("executive/", executive.executive, name="executive"),
    path("executive.csv", executive.executive_csv, name="executive-csv"),
    path("owed/", owed.owed, name="owed"),
    path("owed.csv", owed.owed_csv, name="owed-csv"),
    path("data-quality/", quality.quality, name="quality"),
    path("data-quality/<slug:name>.csv", quality.quality_csv, name="quality-csv"),
    path("kpis/<slug:slug>/", kpi.kpi, name="kpi"),
    path("kpis/<slug:slug>/charts/<slug:name>.json", kpi.kpi_chart, name="kpi-chart"),
    path("kpis/<slug:slug>/why/", why.kpi_why, name="kpi-why"),
    path("kpis/<slug:slug>/why.csv", why.kpi_why_csv, name="kpi-why-csv"),
    path("kpis/<slug:slug>/tables/<slug:name>.csv", kpi.kpi_csv, name="kpi-csv"),
    path("kpis/<slug:slug>/computed/", computed.computed, name="computed"),
    path("kpis/<slug:slug>/computed/again/", computed.recompute, name="recompute"),
    path("kpis/<slug:slug>/computed/progress/", computed.recomputing, name="recomputing"),
    path("kpis/<slug:slug>/rows/", rows.rows, name="rows"),
    path("kpis/<slug:slug>/rows.csv", rows.rows_csv, name="rows-csv"),
]
