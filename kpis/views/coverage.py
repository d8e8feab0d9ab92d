"""Coverage: what is wrong with who does what, for any date."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from kpis.selectors.coverage import coverage_page
from vendors.access import Permission, check_permission, permissions_of


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


def day_asked(request: HttpRequest) -> date:
    """Return the day that the address asks for; today where it names none."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return timezone.localdate()
