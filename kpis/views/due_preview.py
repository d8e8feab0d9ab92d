"""What a delegation would change in what is due, asked from its form before it is saved."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kpis.selectors.due_preview import due_preview
from studies.delegation_form import DelegationForm
from studies.models import Delegation
from vendors.access import Permission, check_permission
from vendors.register.pages import sponsors_allowing


@login_required
@require_POST
def of_delegation(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """Show what the form, as filled in, changes in what is due; `pk` 0: a new delegation.

    As a part of the form's page for htmx; else as a page with the form, from which it is saved.
    """
    delegation = _asked(request, pk)
    held_by = delegation.engagement_id if delegation else None
    sponsors = (
        (delegation.study.sponsor,)
        if delegation
        else sponsors_allowing(request.user, Permission.EDIT_REGISTER)
    )
    form = DelegationForm(request.POST, instance=delegation, user=request.user, sponsors=sponsors)
    form.fields["reason"].required = False
    found = None
    if form.is_valid():
        found = due_preview(request.user, delegation=form.instance, held_by=held_by)
    action = reverse("studies:delegation-edit", args=[pk]) if pk else reverse(NEW)
    context = {"blocks": found, "form": form, "action": action, "pk": pk}
    part = "_due_preview" if request.headers.get("HX-Request") else "due_preview"
    return render(request, f"kpis/{part}.html", context)


NEW = "studies:delegation-create"


def _asked(request: HttpRequest, pk: int) -> Delegation | None:
    if not pk:
        check_permission(request.user, Permission.EDIT_REGISTER)
        return None
    visible = Delegation.objects.visible_to(request.user)
    found: Delegation = get_object_or_404(
        visible.select_related("study__sponsor", "function"), pk=pk
    )
    check_permission(request.user, Permission.EDIT_REGISTER, found)
    return found
