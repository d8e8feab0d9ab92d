"""Pages of this floor: HTTP only."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from inspection.audit_trail import selectors
from inspection.audit_trail.export import csv_lines
from inspection.audit_trail.forms import FilterForm
from inspection.audit_trail.scope import sponsors_reviewed_by
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from vendors.access import Permission, actor_of, check_permission
from vendors.models import Sponsor

VIEWS = {"events": "What happened", "changes": "What changed", "unattributed": "Unattributed"}


@login_required
@require_GET
def audit_trail(request: HttpRequest) -> HttpResponse:
    """Show a page of what happened, of what changed, or of what nobody answers for."""
    check_permission(request.user, Permission.VIEW_AUDIT_TRAIL)
    sponsors = sponsors_reviewed_by(request.user)
    shown, form, rows = _asked(request, sponsors)
    before = form.cleaned_data.get("before") if form.is_valid() else None
    lines, older = selectors.page_of(rows, before=before)
    context = {
        "shown": shown,
        "tabs": VIEWS.items(),
        "form": form,
        "lines": lines,
        "older": older,
        "begins_below": before,
        "seals": selectors.seal_status(),
        "unattributed": selectors.change_lines(sponsors, {}, unattributed=True).count(),
    }
    return render(request, "inspection/audit_trail.html", context)


@login_required
@require_GET
def audit_trail_export(request: HttpRequest) -> StreamingHttpResponse:
    """Stream the lines asked for as CSV; the export itself is an event of each sponsor's trail."""
    check_permission(request.user, Permission.VIEW_AUDIT_TRAIL)
    sponsors = sponsors_reviewed_by(request.user)
    shown, form, rows = _asked(request, sponsors)
    asked = {name: str(value) for name, value in form.cleaned_data.items() if value}
    for sponsor in sponsors:
        detail = {"audit_trail": shown, "filter": asked}
        record(Event.EXPORTED, actor=actor_of(request.user), subject=sponsor, detail=detail)
    lines = (selectors.line_of(row) for row in rows.iterator(chunk_size=2000))
    response = StreamingHttpResponse(csv_lines(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="audit-trail-{shown}.csv"'
    return response


def _asked(request: HttpRequest, sponsors: list[Sponsor]) -> tuple[str, FilterForm, Any]:
    """Return which view is shown, its filter, and the rows; none while the filter is wrong."""
    shown = request.GET.get("show", "events")
    shown = shown if shown in VIEWS else "events"
    form = FilterForm(request.GET, events=shown == "events")
    asked = form.cleaned_data if form.is_valid() else {}
    if shown == "events":
        rows: Any = selectors.event_lines(sponsors, asked)
    else:
        rows = selectors.change_lines(sponsors, asked, unattributed=shown == "unattributed")
    return shown, form, rows if form.is_valid() else rows.none()
