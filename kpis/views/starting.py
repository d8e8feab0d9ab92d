"""The guided start of an engagement."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kpis.starting.candidates import candidates
from kpis.starting.chosen import Chosen
from kpis.starting.draft_page import draft_page, engagement_values, shared_values
from kpis.starting.walk import Shown, beginning, walk
from studies.engaging import start_engagement
from studies.models import Engagement
from vendors.access import Permission, actor_of, check_permission
from vendors.register.pages import number_of, sponsors_allowing


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Walk through the steps; `?vendor=` chooses the CRO beforehand. The last step writes."""
    check_permission(request.user, Permission.EDIT_REGISTER)
    chosen = Chosen(
        user=request.user,
        sponsors=sponsors_allowing(request.user, Permission.EDIT_REGISTER),
        today=timezone.localdate(),
    )
    if request.method != "POST":
        return _page(request, beginning({"vendor": number_of(request.GET.get("vendor"))}, chosen))
    shown = walk(request.POST, chosen)
    if not shown.complete:
        return _page(request, shown)
    try:
        engagement = _write(request, chosen)
    except ValidationError as refused:
        shown.form.add_error(None, refused.messages)
        return _page(request, shown)
    messages.success(request, f"{engagement} is started, and what is delegated under it recorded.")
    return redirect("studies:engagement-detail", engagement.pk)


def _write(request: HttpRequest, chosen: Chosen) -> Engagement:
    return start_engagement(
        actor=actor_of(request.user),
        sponsor=chosen.vendor.sponsor,
        values=engagement_values(chosen),
        rows=chosen.drafts(),
        of_each=shared_values(chosen),
        today=chosen.today,
        reason=chosen.values["reason"],
    )


def _page(request: HttpRequest, shown: Shown) -> HttpResponse:
    chosen = shown.chosen
    context: dict[str, Any] = {"shown": shown, "form": shown.form, "chosen": chosen}
    if shown.key == "cro":
        context["candidates"] = candidates(request.user, chosen.vendors(), today=chosen.today)
    if shown.key == "confirm":
        context["page"] = draft_page(chosen)
    return render(request, "kpis/starting/page.html", context)
