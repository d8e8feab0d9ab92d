"""What saving a delegation would raise and clear, said beside the form before it is saved."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from studies.delegation_form import DelegationForm
from studies.models import Delegation
from studies.selectors.checked import checked
from vendors.access import Permission, check_permission
from vendors.register.pages import sponsors_allowing


@login_required
@require_POST
def delegation_check(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Say it of the values in the form; the panel alone to htmx, the form with it otherwise."""
    delegation = None
    if pk is not None:
        visible = Delegation.objects.visible_to(request.user)
        delegation = get_object_or_404(visible.select_related("study__sponsor", "function"), pk=pk)
    check_permission(request.user, Permission.EDIT_REGISTER, delegation)
    sponsors = sponsors_allowing(request.user, Permission.EDIT_REGISTER)
    if delegation is not None:
        sponsors = (delegation.study.sponsor,)
    form = DelegationForm(request.POST, instance=delegation, user=request.user, sponsors=sponsors)
    found = checked(user=request.user, form=form, on=timezone.localdate())
    context: dict[str, Any] = {"check": found, "check_url": request.path}
    if request.headers.get("HX-Request"):
        return render(request, "studies/_check.html", context)
    context |= {"check_panel": "studies/_check.html", **_page(form, delegation)}
    return render(request, "vendors/record_form.html", context)


def _page(form: DelegationForm, delegation: Delegation | None) -> dict[str, Any]:
    """Return what the page of the form shows besides, and where the form is sent to be saved."""
    listed = ("Delegation", reverse("studies:delegation-list"))
    if delegation is None:
        heading, save = "Record who does a function", reverse("studies:delegation-create")
        crumbs = [listed, ("Add", "")]
    else:
        heading = f"Edit who does {delegation.function} on {delegation.study}"
        save = reverse("studies:delegation-edit", args=[delegation.pk])
        address = reverse("studies:delegation-detail", args=[delegation.pk])
        crumbs = [listed, (str(delegation), address), ("Edit", "")]
    return {"form": form, "heading": heading, "crumbs": crumbs, "save_url": save}
