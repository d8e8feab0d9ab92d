"""The trends of a CRO's KPIs: as the part of its page that asks later, as page, and as CSV."""

import json

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from dashboards.exports import csv_response
from dashboards.links import address
from dashboards.panels.trends import trends_chart, trends_panel, trends_table
from dashboards.periods import Asked, month_key
from dashboards.selectors.cro import Scorecard, scorecard
from dashboards.views.asking import dashboard, home
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from vendors.access import actor_of
from vendors.models import Vendor


@dashboard
def trends(request: HttpRequest, vendor_id: int, *, asked: Asked) -> HttpResponse:
    """Show the trends of the worst KPIs, twelve at most."""
    page = _page(request, vendor_id, asked)
    keep = {"period": page.shown.period, "known": asked.known}
    context = {
        "page": page,
        "panel": trends_panel(page),
        "figure": json.dumps(trends_chart(page)),
        "csv": address("trends-csv", vendor_id, **keep),
        "asked": asked,
        "period": page.shown.period,
        "periods": page.shown.periods,
        "crumbs": [
            *home(asked),
            (page.vendor_name, address("cro", vendor_id, **keep)),
            ("Trends", ""),
        ],
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, f"dashboards/{'_trends' if part else 'trends'}.html", context)


@dashboard
def trends_csv(request: HttpRequest, vendor_id: int, *, asked: Asked) -> HttpResponseBase:
    """Download the values of the trends; the download is recorded."""
    page = _page(request, vendor_id, asked)
    vendor = get_object_or_404(Vendor.objects.visible_to(request.user), pk=vendor_id)
    detail = {"what": "trends", "period": month_key(page.shown.period)}
    record(Event.EXPORTED, actor=actor_of(request.user), subject=vendor, detail=detail)
    header, rows = trends_table(page)
    return csv_response(f"trends-{month_key(page.shown.period)}", header, rows)


def _page(request: HttpRequest, vendor_id: int, asked: Asked) -> Scorecard:
    page = scorecard(request.user, asked=asked, vendor_id=vendor_id)
    if page is None:
        raise Http404("There is no such CRO.")
    return page
