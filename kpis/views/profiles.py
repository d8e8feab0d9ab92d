"""How a CRO's layouts are read: confirmed once with a submission, kept by version, ended."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kpis.forms import ReasonForm
from kpis.layout_form import confirmations
from kpis.models import SourceProfile
from kpis.selectors.layouts import layouts_page
from kpis.selectors.profiles import mapped_columns, profile_row, profile_rows
from kpis.submissions.profiles import confirm, end
from kpis.submissions.states import StepRefused
from kpis.views.finding import visible_submission
from vendors.access import Permission, actor_of, check_permission, permissions_of


@login_required
@never_cache
@require_GET
def layouts(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how each sheet of a submission was read."""
    submission = visible_submission(request, pk, Permission.VIEW_SUBMISSIONS)
    page = layouts_page(user=request.user, submission=submission, said=request.GET.dict())
    return render(request, "kpis/profile_layouts.html", {"submission": submission, "page": page})


@login_required
@require_POST
def confirm_layouts(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep how the sheets are read; the check runs again where something was changed."""
    submission = visible_submission(request, pk, Permission.UPLOAD)
    sent = request.POST.dict()
    newest = submission.checks.last()
    try:
        again = confirm(
            actor=actor_of(request.user),
            submission=submission,
            seen=sent.get("check", ""),
            confirmations=confirmations(sent, newest) if newest else [],
            now=timezone.now(),
        )
    except StepRefused as refused:
        messages.error(request, str(refused))
        return redirect("kpis:submission-layouts", pk)
    more = " The files are checked again." if again else ""
    messages.success(request, f"Kept: these layouts are read like this from now on.{more}")
    return redirect("kpis:submission-detail", pk)


@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """List all versions of the profiles that the reader may see."""
    check_permission(request.user, Permission.VIEW_SUBMISSIONS)
    return render(request, "kpis/profile_list.html", {"profiles": profile_rows(request.user)})


@login_required
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one version: which column is which, and how it is read."""
    profile = _visible(request, pk, Permission.VIEW_SUBMISSIONS)
    context = {
        "profile": profile_row(profile),
        "columns": mapped_columns(profile),
        "may_end": profile.ended_at is None
        and Permission.UPLOAD in permissions_of(request.user, profile),
    }
    return render(request, "kpis/profile_detail.html", context)


@login_required
@require_POST
def end_profile(request: HttpRequest, pk: int) -> HttpResponse:
    """End a profile with a reason."""
    profile = _visible(request, pk, Permission.UPLOAD)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say why it ends.")
        return redirect("kpis:profile-detail", pk)
    reason = form.cleaned_data["reason"]
    try:
        end(actor=actor_of(request.user), profile=profile, reason=reason, now=timezone.now())
    except StepRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{profile} has ended. Its layout is new when it is next sent.")
    return redirect("kpis:profile-detail", pk)


def _visible(request: HttpRequest, pk: int, permission: Permission) -> SourceProfile:
    visible = SourceProfile.objects.visible_to(request.user)
    related = visible.select_related("vendor", "confirmed_by", "ended_by")
    profile: SourceProfile = get_object_or_404(related, pk=pk)
    check_permission(request.user, permission, profile)
    return profile
