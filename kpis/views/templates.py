"""Our template workbook: choosing a month, having it made, taking it away. Each is recorded."""

from collections.abc import Mapping
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from kpis.models import TemplateIssue
from kpis.selectors.templates import TemplateScope, offers, template_page, template_scope
from kpis.submissions.template.issue import job_name
from kpis.task_names import MAKE_TEMPLATE
from kpis.views.downloads import attachment, stored
from oversight import progress
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from oversight.jobs import enqueue
from vendors.access import Permission, actor_of, check_permission, permissions_of
from vendors.register.pages import number_of

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@never_cache
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """Show the template of one due submission; without one, those there are to choose from."""
    if "engagement" not in request.GET:
        check_permission(request.user, Permission.UPLOAD)
        found = offers(request.user, on=timezone.now().date())
        return render(request, "kpis/template_list.html", {"offers": found})
    scope = _scope(request, request.GET, Permission.VIEW_SUBMISSIONS)
    context = {
        "page": template_page(request.user, scope),
        "progress": progress.of(_job(scope)),
        "may_make": Permission.UPLOAD in permissions_of(request.user, scope.engagement),
    }
    return render(request, "kpis/template.html", context)


@login_required
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Have the workbook made; a worker does it."""
    scope = _scope(request, request.POST, Permission.UPLOAD)
    progress.report(_job(scope), "Waiting for its turn", 0.0)
    enqueue(
        MAKE_TEMPLATE,
        engagement_id=scope.engagement.pk,
        study_id=scope.study.pk if scope.study else None,
        period=scope.period.isoformat(),
        user_id=request.user.pk,
    )
    return redirect(scope.address)


@login_required
@never_cache
@require_GET
def making(request: HttpRequest) -> HttpResponse:
    """Answer with a fragment while it is made, then have the page load itself anew."""
    scope = _scope(request, request.GET, Permission.VIEW_SUBMISSIONS)
    found = progress.of(_job(scope))
    if found is None:
        return HttpResponseClientRefresh()
    return render(request, "kpis/_template_progress.html", {"scope": scope, "progress": found})


@login_required
@require_GET
def download(request: HttpRequest, pk: int) -> FileResponse:
    """Send a template as it was sealed."""
    visible = TemplateIssue.objects.visible_to(request.user)
    issue = get_object_or_404(visible.select_related("engagement", "study"), pk=pk)
    check_permission(request.user, Permission.VIEW_SUBMISSIONS, issue)
    stream = stored(issue.sha256)
    detail = {"version": issue.version, "sha256": issue.sha256}
    record(Event.DOWNLOADED, actor=actor_of(request.user), subject=issue, detail=detail)
    about = issue.study or issue.engagement
    return attachment(stream, f"{about} {issue.period_start:%Y-%m} template.xlsx", SPREADSHEET)


def _scope(request: HttpRequest, asked: Mapping[str, str], permission: Permission) -> TemplateScope:
    """Return the scope asked for; raises Http404 or PermissionDenied."""
    try:
        year, _, month = asked.get("period", "").partition("-")
        period = date(int(year), int(month), 1)
    except ValueError as error:
        raise Http404("No such month.") from error
    found = template_scope(
        request.user,
        engagement_id=number_of(asked.get("engagement")) or 0,
        study_id=(number_of(asked["study"]) or 0) if asked.get("study") else None,
        period=period,
    )
    if found is None:
        raise Http404("Nothing is due there.")
    check_permission(request.user, permission, found.engagement)
    return found


def _job(scope: TemplateScope) -> str:
    return job_name(scope.engagement.pk, scope.study.pk if scope.study else None, scope.period)
