"""Why a KPI moved since another month: as the part of its page that asks later, page, and CSV."""

import json
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from dashboards.exports import csv_response
from dashboards.links import address
from dashboards.panels.panel import page_address
from dashboards.panels.why import why_chart, why_panel, why_table
from dashboards.periods import Asked, month_key
from dashboards.selectors.move import units_of
from dashboards.views.asking import dashboard
from dashboards.views.kpi import found_view, record_export
from dashboards.why import Why, why_of


@dashboard
def kpi_why(request: HttpRequest, slug: str, *, asked: Asked) -> HttpResponse:
    """Show the waterfall with its table, or why there is none."""
    why = _why(request, slug, asked)
    view, keep = why.view, {"since": month_key(why.units.since), "by": why.units.by}
    context = {
        "why": why,
        "view": view,
        "panel": why_panel(why) if why.move else None,
        "figure": json.dumps(why_chart(why)) if why.move else "",
        "csv": page_address(view, "kpi-why-csv", slug, **keep),
        "months": [m for m in view.periods if m < view.period] or [why.units.since],
        "asked": asked,
        "period": view.period,
        "periods": view.periods,
        "scope": view.scope.query,
        "crumbs": [
            ("Portfolio", address("portfolio", period=view.period, known=asked.known)),
            (view.definition.name, page_address(view, "kpi", slug)),
            ("Why it moved", ""),
        ],
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, f"dashboards/{'_why' if part else 'why'}.html", context)


@dashboard
def kpi_why_csv(request: HttpRequest, slug: str, *, asked: Asked) -> HttpResponseBase:
    """Download the parts unit by unit, unrounded; the download is recorded."""
    why = _why(request, slug, asked)
    if why.move is None:
        raise Http404("There is no such table.")
    record_export(request, why.view, "why", since=month_key(why.units.since), by=why.units.by)
    header, rows = why_table(why)
    return csv_response(f"{slug}-why-{why.view.period:%Y-%m}", header, rows)


def _why(request: HttpRequest, slug: str, asked: Asked) -> Why:
    view = found_view(request, slug, asked)
    units = units_of(
        request.user, view, since=_month(request.GET.get("since", "")), by=request.GET.get("by", "")
    )
    return why_of(view, units)


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01") if text else None
    except ValueError as error:
        raise Http404("There is no such month.") from error
