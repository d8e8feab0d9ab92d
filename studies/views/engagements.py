"""Pages of engagements: list, see, create, edit."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from studies.forms import EngagementForm
from studies.models import Engagement
from studies.selectors.engagement_page import engagement_terms
from studies.selectors.engagements import engagement_row, engagements
from studies.selectors.parties import delegations_of_engagement
from studies.services import change_engagement, create_engagement
from vendors.access import Permission, actor_of, check_permission, permissions_of
from vendors.register.listing import Wanted
from vendors.register.pages import form_page, number_of, sponsors_allowing
from vendors.selectors import visible_history


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Engagements", reverse("studies:engagement-list")), *more]


@login_required
@require_GET
def engagement_list(request: HttpRequest) -> HttpResponse:
    """List the engagements."""
    check_permission(request.user, Permission.VIEW_REGISTER)
    wanted = Wanted.of(request.GET)
    context = {
        "listing": engagements(user=request.user, wanted=wanted, today=timezone.localdate()),
        "may_edit": Permission.EDIT_REGISTER in permissions_of(request.user),
    }
    return render(request, "studies/engagement_list.html", context)


@login_required
@require_GET
def engagement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one engagement with the functions delegated under it."""
    visible = Engagement.objects.visible_to(request.user).select_related("vendor", "sponsor")
    engagement = get_object_or_404(visible, pk=pk)
    check_permission(request.user, Permission.VIEW_REGISTER, engagement)
    today = timezone.localdate()
    delegated = delegations_of_engagement(user=request.user, engagement_id=pk, today=today)
    context = {
        "engagement": engagement_row(engagement, today=today),
        "delegations": [one for one in delegated if one.party.state != "ended"],
        "ended": [one for one in delegated if one.party.state == "ended"],
        "terms": engagement_terms(
            user=request.user, engagement=engagement, delegations=delegated, today=today
        ),
        "crumbs": _crumbs((engagement.name, "")),
        "history": visible_history(user=request.user, row=engagement),
        "may_edit": Permission.EDIT_REGISTER in permissions_of(request.user, engagement),
    }
    return render(request, "studies/engagement_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def engagement_create(request: HttpRequest) -> HttpResponse:
    """Add an engagement; `?vendor=` chooses the CRO beforehand."""
    check_permission(request.user, Permission.EDIT_REGISTER)
    form = _new_form(request)
    context = {"heading": "Add an engagement", "crumbs": _crumbs(("Add", ""))}
    return form_page(
        request,
        form,
        write=lambda: create_engagement(
            actor=actor_of(request.user),
            sponsor=form.sponsor,
            values=form.values(),
            reason=form.cleaned_data["reason"],
        ),
        leads_to=lambda engagement: reverse("studies:engagement-detail", args=[engagement.pk]),
        **context,
    )


def _new_form(request: HttpRequest) -> EngagementForm:
    initial: dict[str, Any] = {
        "vendor": number_of(request.GET.get("vendor")),
        "reports_from": timezone.localdate().replace(day=1),
    }
    sponsors = sponsors_allowing(request.user, Permission.EDIT_REGISTER)
    return EngagementForm(
        request.POST or None, user=request.user, sponsors=sponsors, initial=initial
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def engagement_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an engagement, with a reason."""
    visible = Engagement.objects.visible_to(request.user).select_related("sponsor")
    engagement = get_object_or_404(visible, pk=pk)
    check_permission(request.user, Permission.EDIT_REGISTER, engagement)
    address = reverse("studies:engagement-detail", args=[pk])
    context = {
        "heading": f"Edit {engagement}",
        "crumbs": _crumbs((engagement.name, address), ("Edit", "")),
        "history": visible_history(user=request.user, row=engagement),
    }
    sponsors = (engagement.sponsor,)
    form = EngagementForm(
        request.POST or None, instance=engagement, user=request.user, sponsors=sponsors
    )
    return form_page(
        request,
        form,
        write=lambda: change_engagement(
            actor=actor_of(request.user),
            engagement=engagement,
            values=form.values(),
            **form.said(),
        ),
        leads_to=lambda _: address,
        **context,
    )
