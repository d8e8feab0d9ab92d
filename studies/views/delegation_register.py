"""The page of all delegations as a list."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from studies.selectors.delegation_register import delegations
from vendors.access import Permission, check_permission, permissions_of
from vendors.register.listing import Wanted


@login_required
@require_GET
def delegation_register(request: HttpRequest) -> HttpResponse:
    """List the delegations, past and to come among them."""
    check_permission(request.user, Permission.VIEW_REGISTER)
    context = {
        "listing": delegations(
            user=request.user, wanted=Wanted.of(request.GET), today=timezone.localdate()
        ),
        "crumbs": [("Delegation", reverse("studies:delegation-list")), ("List", "")],
        "may_edit": Permission.EDIT_REGISTER in permissions_of(request.user),
    }
    return render(request, "studies/delegation_register.html", context)
