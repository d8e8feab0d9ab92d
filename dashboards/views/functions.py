"""Functions across CROs: all of them, and one with its tables."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from dashboards.function_tables import TABLES
from dashboards.links import address
from dashboards.panels.functions import (
    curves_chart,
    curves_panel,
    requisitions_chart,
    requisitions_panel,
)
from dashboards.periods import Asked, month_name
from dashboards.selectors.functions.overview import overview
from dashboards.selectors.functions.page import CURVES, FunctionPage, function_page
from dashboards.views.asking import dashboard, home
from dashboards.views.exporting import table_download, table_of
from kpis.selectors.steps import is_sponsor_side
from vendors.access import Permission, permissions_of

Chart = tuple[Any, Any, str]  # panel, figure, address of the table


@dashboard
def functions(request: HttpRequest, *, asked: Asked) -> HttpResponse:
    """Show every function that is delegated, CRO by CRO."""
    page = overview(request.user, asked=asked)
    context = {
        "page": page,
        "asked": asked,
        "period": page.span.period,
        "periods": page.span.periods,
        "title": f"{month_name(page.span.period)}: functions side by side",
        "crumbs": [*home(asked), ("Functions", "")],
    }
    return render(request, "dashboards/functions.html", context)


@dashboard
def function(request: HttpRequest, slug: str, *, asked: Asked) -> HttpResponse:
    """Show one function, the CROs that hold it side by side."""
    page = _page(request, slug, asked)
    keep = {"period": page.span.period, "known": asked.known}
    context = {
        "page": page,
        "asked": asked,
        "period": page.span.period,
        "periods": page.span.periods,
        "charts": charts_of(page),
        "sponsor_side": is_sponsor_side(request.user),
        "may_choose": Permission.EDIT_REGISTER in permissions_of(request.user),
        "crumbs": [
            *home(asked),
            ("Functions", address("functions", **keep)),
            (page.function.name, ""),
        ],
    }
    return render(request, "dashboards/function.html", context)


@dashboard
def function_csv(request: HttpRequest, slug: str, name: str, *, asked: Asked) -> HttpResponseBase:
    """Download one of its tables; the download is recorded."""
    table = table_of(TABLES, name)
    page = _page(request, slug, asked)
    header, rows = table(page)
    return table_download(
        request, what=f"{slug}-{name}", period=page.span.period, header=header, rows=rows
    )


def charts_of(page: FunctionPage) -> list[Chart]:
    """Return the figures for which there is anything to draw."""
    keep = {"period": page.span.period, "known": page.span.asked.known}
    slug = page.function.slug
    found: list[Chart] = []
    if page.requisitions:
        url = address("function-csv", slug, "requisitions", **keep)
        found.append((requisitions_panel(page), requisitions_chart(page), url))
    for kpi in CURVES:
        if page.curves[kpi]:
            url = address("function-csv", slug, kpi, **keep)
            found.append((curves_panel(page, kpi), curves_chart(page, kpi), url))
    return found


def _page(request: HttpRequest, slug: str, asked: Asked) -> FunctionPage:
    page = function_page(request.user, asked=asked, slug=slug)
    if page is None:
        raise Http404("There is no such function.")
    return page
