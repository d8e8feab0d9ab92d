"""A version of a KPI beside the one before it: what differs, and what it would have changed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from kpis.models import ShadowRun
from kpis.selectors.shadow import shadow_page
from kpis.selectors.shadow_file import HEAD, file_rows
from kpis.selectors.versions import known_versions
from kpis.shadow.asking import MONTHS, ask_for_shadow, job_name
from kpis.views.comparing import csv_lines
from oversight import progress
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from vendors.access import Permission, actor_of, check_permission
from vendors.register.pages import number_of, sponsors_allowing

ROWS_ON_PAGE = 50
OFFERED = (12, 24, 36, 60)


@login_required
@never_cache
@require_GET
def version(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Show what a version changes, and what it would have changed in the past months."""
    check_permission(request.user, Permission.VIEW_DASHBOARDS)
    wanted = request.GET.dict()
    page = shadow_page(request.user, slug, version, wanted=wanted, today=timezone.localdate())
    if page is None:
        raise Http404("There is no such version, or it is the first one.")
    context = {
        "page": page,
        "lines": Paginator(page.shown.rows, ROWS_ON_PAGE).get_page(wanted.get("page")),
        "progress": page.waiting and progress.of(job_name(page.waiting.pk)),
        "months": OFFERED,
    }
    return render(request, "kpis/version.html", context)


@login_required
@require_POST
def compute(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Have a version computed on past months, for each sponsor one may decide for."""
    check_permission(request.user, Permission.DECIDE)
    definition = known_versions(slug).get(version)
    if definition is None or version == 1:
        raise Http404("There is no such version, or it is the first one.")
    months = number_of(request.POST.get("months") or str(MONTHS)) or 0
    try:
        for sponsor in sponsors_allowing(request.user, Permission.DECIDE):
            ask_for_shadow(
                actor=actor_of(request.user),
                sponsor=sponsor,
                definition=definition,
                months=months,
                now=timezone.now(),
            )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("kpis:definition-version", slug, version)


@login_required
@never_cache
@require_GET
def computing(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with a fragment while it is computed, then have the page load itself anew."""
    run = get_object_or_404(ShadowRun.objects.visible_to(request.user), pk=pk)
    check_permission(request.user, Permission.VIEW_DASHBOARDS, run)
    if run.computed_at is not None:
        return HttpResponseClientRefresh()
    found = progress.of(job_name(run.pk))
    return render(request, "kpis/_shadow_progress.html", {"run": run, "progress": found})


@login_required
@require_GET
def csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Download all months of a shadow run that one sees; the download is recorded."""
    run = get_object_or_404(ShadowRun.objects.visible_to(request.user), pk=pk)
    check_permission(request.user, Permission.VIEW_DASHBOARDS, run)
    rows = file_rows(request.user, run)
    detail = {"list": str(run), "rows": len(rows)}
    record(Event.DOWNLOADED, actor=actor_of(request.user), subject=run, detail=detail)
    response = StreamingHttpResponse(csv_lines(HEAD, rows), content_type="text/csv; charset=utf-8")
    name = f"{run.slug}-version-{run.version}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
