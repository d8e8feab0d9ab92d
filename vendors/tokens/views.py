"""Pages of service tokens, for the sponsor's administrators: list, issue, revoke."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from oversight.audit_trail.history import last_change_id
from vendors.access import Permission, actor_of, check_permission
from vendors.models import ServiceToken
from vendors.register.listing import Wanted
from vendors.register.pages import saved, sponsors_allowing
from vendors.selectors import visible_history
from vendors.tokens.forms import RevokeForm, TokenForm
from vendors.tokens.selectors import possible_bearers, tokens
from vendors.tokens.services import issue_token, revoke_token


def _sponsor_ids(request: HttpRequest) -> list[int]:
    return [one.pk for one in sponsors_allowing(request.user, Permission.MANAGE_ACCESS)]


@login_required
@require_GET
def token_list(request: HttpRequest) -> HttpResponse:
    """List the service tokens of the sponsor's CROs."""
    check_permission(request.user, Permission.MANAGE_ACCESS)
    found = tokens(
        user=request.user,
        sponsor_ids=_sponsor_ids(request),
        wanted=Wanted.of(request.GET),
        now=timezone.now(),
    )
    return render(request, "vendors/token_list.html", {"listing": found})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def token_create(request: HttpRequest) -> HttpResponse:
    """Issue a token; the answer to the form is the only page that ever shows its secret."""
    check_permission(request.user, Permission.MANAGE_ACCESS)
    bearers = possible_bearers(user=request.user, sponsor_ids=_sponsor_ids(request))
    now = timezone.now()
    form = TokenForm(request.POST or None, memberships=bearers, today=now.date())
    crumbs = [("Service tokens", reverse("vendors:token-list")), ("Issue", "")]
    if form.is_valid():
        actor = actor_of(request.user)
        issued = saved(form, lambda: issue_token(actor=actor, now=now, **form.values()))
        if issued:
            return render(request, "vendors/token_issued.html", {"issued": issued})
    context = {
        "form": form,
        "heading": "Issue a service token",
        "lede": "With it a CRO's own system reads and uploads through the API.",
        "verb": "Issue",
        "crumbs": crumbs,
    }
    return render(request, "vendors/record_form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a token, with a reason: it stops at once."""
    visible = ServiceToken.objects.visible_to(request.user)
    token = get_object_or_404(visible.select_related("vendor__sponsor", "acts_for"), pk=pk)
    check_permission(request.user, Permission.MANAGE_ACCESS, token)
    form = RevokeForm(request.POST or None, initial={"seen": last_change_id(token)})
    if form.is_valid():
        actor, now = actor_of(request.user), timezone.now()
        if saved(form, lambda: revoke_token(actor=actor, token=token, now=now, **form.said())):
            messages.success(request, f"The token {token} stopped working.")
            return redirect("vendors:token-list")
    context = {
        "form": form,
        "heading": f"Revoke the token {token} of {token.vendor}",
        "lede": "It stops at once and cannot be taken up again.",
        "verb": "Revoke",
        "crumbs": [("Service tokens", reverse("vendors:token-list")), ("Revoke", "")],
        "history": visible_history(user=request.user, row=token),
    }
    return render(request, "vendors/record_form.html", context)
