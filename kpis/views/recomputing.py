"""Recomputations: the list with its form, one of them and how far it is, cancelling, the file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kpis.models import Recomputation
from kpis.recomputing.asking import RecomputationRefused, ask
from kpis.recomputing.asking import cancel as cancel_it
from kpis.recomputing.forms import RecomputationForm
from kpis.selectors.recomputations import recomputation_page
from kpis.selectors.recomputed import HEAD, difference_lines, file_rows
from kpis.selectors.recomputing import standing_of
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from vendors.access import Permission, actor_of, check_permission, permissions_of
from vendors.register.exporting import csv_response

READ = Permission.VIEW_AUDIT_TRAIL  # a proof is for those who read what happened
LEFT = "Nothing more is begun. What is being computed at this moment is still finished."


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """List the recomputations; whoever may, asks for another."""
    check_permission(request.user, Permission.RECOMPUTE if request.method == "POST" else READ)
    now = timezone.now()
    form = None
    if Permission.RECOMPUTE in permissions_of(request.user):
        form = RecomputationForm(request.POST or None, user=request.user, today=now.date())
        if form.is_valid():
            try:
                made = ask(actor=actor_of(request.user), now=now, **form.asked())
                return redirect("kpis:recomputation-detail", made.pk)
            except RecomputationRefused as refused:
                form.add_error(None, str(refused))
    page, lines = recomputation_page(user=request.user, number=request.GET.get("page", "1"))
    context = {"page": page, "lines": lines, "form": form}
    return render(request, "kpis/recomputation_list.html", context)


@login_required
@never_cache
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one recomputation: what was asked, how far it is, what differs."""
    row = _visible(request, pk, READ)
    context = {
        "standing": standing_of(row, now=timezone.now()),
        "differences": difference_lines(row),
        "may_cancel": Permission.RECOMPUTE in permissions_of(request.user, row),
    }
    return render(request, "kpis/recomputation_detail.html", context)


@login_required
@never_cache
@require_GET
def how_far(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with a fragment; once it is closed, have the page load itself anew."""
    standing = standing_of(_visible(request, pk, READ), now=timezone.now())
    response = render(request, "kpis/_recomputing.html", {"standing": standing})
    if not standing.is_open:
        response["HX-Refresh"] = "true"
    return response


@login_required
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin no further part."""
    row = _visible(request, pk, Permission.RECOMPUTE)
    if cancel_it(actor=actor_of(request.user), recomputation=row, now=timezone.now()):
        messages.success(request, LEFT)
    else:
        messages.error(request, "It was closed already, perhaps by a colleague.")
    return redirect("kpis:recomputation-detail", pk)


@login_required
@require_GET
def differences_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send what differs as CSV; recorded."""
    row = _visible(request, pk, READ)
    detail = {"list": "differences"}
    record(Event.EXPORTED, actor=actor_of(request.user), subject=row, detail=detail)
    return csv_response(f"recomputation-{pk}-differences", HEAD, file_rows(row))


def _visible(request: HttpRequest, pk: int, permission: Permission) -> Recomputation:
    """Return it; raises Http404 or PermissionDenied."""
    rows = Recomputation.objects.visible_to(request.user)
    row: Recomputation = get_object_or_404(
        rows.select_related("sponsor", "vendor", "study", "asked_by", "cancelled_by"), pk=pk
    )
    check_permission(request.user, permission, row)
    return row
