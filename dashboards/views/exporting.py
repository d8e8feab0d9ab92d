"""Downloads of a page's tables: found or 404, recorded for the reader's organisations, streamed."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from dashboards.exports import csv_response
from dashboards.periods import month_key
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from vendors.access import actor_of, memberships_of


def table_of(tables: Mapping[str, Callable[..., Any]], name: str) -> Callable[..., Any]:
    """Return the table of that name; raises Http404 for another."""
    if name not in tables:
        raise Http404("There is no such table.")
    return tables[name]


def table_download(
    request: HttpRequest, *, what: str, period: Any, header: Any, rows: Any
) -> HttpResponseBase:
    """Send a table as CSV, and leave an event at each organisation of the reader."""
    detail = {"what": what, "period": month_key(period)}
    for one in memberships_of(request.user):
        taken_by = one.sponsor or one.vendor
        record(Event.EXPORTED, actor=actor_of(request.user), subject=taken_by, detail=detail)
    return csv_response(f"{what}-{month_key(period)}", header, rows)
