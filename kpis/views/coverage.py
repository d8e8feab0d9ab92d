"""Coverage: what is wrong with who does what, for any date."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from kpis.selectors.coverage import HEAD, coverage_page, file_rows
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from vendors.access import (
    Permission,
    actor_of,
    check_permission,
    memberships_of,
    permissions_of,
)
from vendors.register.exporting import csv_response, workbook_response


@login_required
@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """List what is wrong on a day; `?on=2026-09-30`, and `flag`, `study`, `cro`, `function`."""
    check_permission(request.user, Permission.VIEW_REGISTER)
    may_edit = Permission.EDIT_REGISTER in permissions_of(request.user)
    page = coverage_page(
        user=request.user, on=day_asked(request), wanted=request.GET.dict(), may_edit=may_edit
    )
    return render(request, "kpis/coverage.html", {"coverage": page})


@login_required
@require_GET
def coverage_file(request: HttpRequest) -> HttpResponseBase:
    """Send what the page lists, as CSV or (`?format=xlsx`) as a workbook; recorded."""
    check_permission(request.user, Permission.VIEW_REGISTER)
    on = day_asked(request)
    rows = file_rows(user=request.user, on=on, wanted=request.GET.dict())
    detail = {"list": "coverage", "rows": len(rows), "filter": request.GET.dict()}
    for membership in memberships_of(request.user):
        organisation = membership.sponsor or membership.vendor
        record(Event.EXPORTED, actor=actor_of(request.user), subject=organisation, detail=detail)
    if request.GET.get("format") == "xlsx":
        return workbook_response(f"coverage-{on}", "Coverage", HEAD, rows)
    return csv_response(f"coverage-{on}", HEAD, rows)


def day_asked(request: HttpRequest) -> date:
    """Return the day that the address asks for; today where it names none."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return timezone.localdate()
