"""Sending a new submission."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kpis.forms import UploadForm, limit_words, uploads_of
from kpis.selectors.restating import locked_months
from kpis.selectors.scopes import open_submissions, scopes_of
from kpis.submissions.limits import limits_in_force
from kpis.submissions.receive import receive
from kpis.submissions.states import StepRefused
from vendors.access import Permission, actor_of, check_permission


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Show the form, or receive its files and lead on to the new submission."""
    check_permission(request.user, Permission.UPLOAD)
    today = timezone.now().date()
    scopes = scopes_of(request.user, on=today)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    asked = {name: request.GET.get(name, "") for name in ("scope", "data_cutoff_date")}
    form = UploadForm(*sent, scopes=scopes, today=today, initial=asked)
    refused = getattr(request, "upload_refused", "")
    if form.is_bound and not refused and form.is_valid():
        try:
            return redirect("kpis:submission-detail", _receive(request, form).pk)
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "form": form,
        "refused": refused,
        "scopes": scopes,
        "open_submissions": open_submissions(request.user, scopes),
        "locked": locked_months(request.user, scopes),
        "limit": settings.MAX_UPLOAD_BYTES,
        "limit_words": limit_words(limits_in_force(*{one.engagement.sponsor_id for one in scopes})),
    }
    return render(request, "kpis/upload.html", context, status=413 if refused else 200)


def _receive(request: HttpRequest, form: UploadForm) -> Any:
    scope = form.scope_chosen
    check_permission(request.user, Permission.UPLOAD, scope.engagement)
    return receive(
        actor=actor_of(request.user),
        engagement=scope.engagement,
        study=scope.study,
        uploads=uploads_of(form.cleaned_data["uploads"]),
        data_cutoff_date=form.cleaned_data["data_cutoff_date"],
        now=timezone.now(),
    )
