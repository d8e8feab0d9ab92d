"""The submission calendar: all that is due, one submission that is due, and its waivers."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kpis.due import month_before
from kpis.forms import WaiverEndForm, WaiverForm
from kpis.models import Waiver
from kpis.selectors.calendar import calendar_page
from kpis.selectors.due_page import due_page
from kpis.standing.tiles import KEY
from kpis.submissions.states import StepRefused
from kpis.waivers import Month, take_back, waive
from studies.models import Engagement, Study
from vendors.access import Permission, actor_of, check_permission


@login_required
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """Show what is due over twelve months; `?period=2026-10` is the last of them."""
    check_permission(request.user, Permission.VIEW_SUBMISSIONS)
    today = timezone.localdate()
    asked = request.GET.get("period", "")
    period = _month(asked) if asked else month_before(today.replace(day=1))
    page = calendar_page(request.user, period=period, today=today, wanted=request.GET.dict())
    return render(request, "kpis/calendar.html", {"page": page, "key": KEY})


@login_required
@require_GET
def due_submission(
    request: HttpRequest, engagement_id: int, study_id: int, month: str
) -> HttpResponse:
    """Show one due submission: what is asked and why, by when, what was waived."""
    due = _visible(request, engagement_id, study_id, month, Permission.VIEW_SUBMISSIONS)
    page = due_page(
        request.user,
        engagement=due.engagement,
        study_id=study_id or None,
        period=due.period,
        today=timezone.localdate(),
    )
    if page is None:
        raise Http404("Nothing is due for this month.")
    return render(request, "kpis/due_submission.html", {"page": page})


@login_required
@require_POST
def waive_month(
    request: HttpRequest, engagement_id: int, study_id: int, month: str
) -> HttpResponse:
    """Do without a listing of the month, or all of it, with a reason."""
    due = _visible(request, engagement_id, study_id, month, Permission.DECIDE)
    form = WaiverForm(request.POST)
    if form.is_valid():
        try:
            waive(actor=actor_of(request.user), month=due, now=timezone.now(), **form.cleaned_data)
            messages.success(request, "Waived. Both sides see it with your reason.")
        except StepRefused as refused:
            messages.error(request, str(refused))
    else:
        messages.error(request, "Say why: the CRO reads the reason, and it stays with the month.")
    return redirect("kpis:due-submission", engagement_id, study_id, month)


@login_required
@require_POST
def take_waiver_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for it again, with a reason."""
    waiver = get_object_or_404(Waiver.objects.visible_to(request.user), pk=pk)
    check_permission(request.user, Permission.DECIDE, waiver)
    form = WaiverEndForm(request.POST)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        take_back(actor=actor_of(request.user), waiver=waiver, reason=reason, now=timezone.now())
    except StepRefused as refused:
        messages.error(request, str(refused))
    address = (waiver.engagement_id, waiver.study_id or 0, f"{waiver.period_start:%Y-%m}")
    return redirect(reverse("kpis:due-submission", args=address))


def _visible(
    request: HttpRequest, engagement_id: int, study_id: int, month: str, permission: Permission
) -> Month:
    """Return what the address is about; raises Http404 or PermissionDenied."""
    visible = Engagement.objects.visible_to(request.user).select_related("vendor", "sponsor")
    engagement = get_object_or_404(visible, pk=engagement_id)
    check_permission(request.user, permission, engagement)
    studies = Study.objects.visible_to(request.user)
    study = get_object_or_404(studies, pk=study_id) if study_id else None
    return Month(engagement, study, _month(month))


def _month(text: str) -> date:
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Http404("There is no such month.") from error
    if not 1990 <= found.year <= 2100:
        raise Http404("There is no such month.")
    return found
