"""Seeing submissions: the list, one submission, and how far its check is."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRefresh

from kpis.forms import limit_words
from kpis.selectors.comparison import comparison_panel
from kpis.selectors.due_notices import due_notices
from kpis.selectors.restating import restating_of
from kpis.selectors.submission_list import submission_list
from kpis.selectors.submission_page import submission_page
from kpis.submissions import typed
from kpis.submissions.check import job_name
from kpis.submissions.limits import limits_in_force
from kpis.submissions.states import State
from kpis.views.finding import visible_submission
from oversight import progress
from vendors.access import Permission, check_permission, permissions_of


@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """List the submissions that the reader may see."""
    check_permission(request.user, Permission.VIEW_SUBMISSIONS)
    context = {
        "listing": submission_list(user=request.user, wanted=request.GET.dict()),
        "may_upload": Permission.UPLOAD in permissions_of(request.user),
        "due_notices": due_notices(request.user, today=timezone.localdate()),
    }
    return render(request, "kpis/submission_list.html", context)


@login_required
@never_cache
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one submission: where it stands, what is wrong, what can be done."""
    submission = visible_submission(request, pk, Permission.VIEW_SUBMISSIONS)
    compared = comparison_panel(request.user, submission)
    context = {
        "page": submission_page(user=request.user, submission=submission),
        "compared": compared,
        "restating": restating_of(submission, compared),
        "progress": progress.of(job_name(submission)),
        "limit": settings.MAX_UPLOAD_BYTES,
        "limit_words": limit_words(limits_in_force(submission.engagement.sponsor_id)),
        "typed": typed.of(request.user.pk, pk),
    }
    return render(request, "kpis/submission_detail.html", context)


@login_required
@never_cache
@require_GET
def check_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with a fragment while the check runs, then have the page load itself anew."""
    submission = visible_submission(request, pk, Permission.VIEW_SUBMISSIONS)
    if submission.state != State.RECEIVED:
        return HttpResponseClientRefresh()
    context = {"submission": submission, "progress": progress.of(job_name(submission))}
    return render(request, "kpis/_progress.html", context)
