"""Pages on which a sponsor writes obligations of its own."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from studies.models import Obligation
from studies.obligation_form import ObligationForm
from studies.obligations import change_obligation, create_obligation
from vendors.access import Permission, actor_of, check_permission
from vendors.register.pages import form_page, sponsors_allowing
from vendors.selectors import visible_history


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        ("Delegation", reverse("studies:delegation-list")),
        ("Obligations", reverse("studies:obligation-list")),
        *more,
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def obligation_create(request: HttpRequest) -> HttpResponse:
    """Add an obligation of the sponsor's own."""
    check_permission(request.user, Permission.EDIT_REGISTER)
    sponsors = sponsors_allowing(request.user, Permission.EDIT_REGISTER)
    form = ObligationForm(request.POST or None, user=request.user, sponsors=sponsors)
    return form_page(
        request,
        form,
        write=lambda: create_obligation(
            actor=actor_of(request.user),
            sponsor=form.sponsor,
            values=form.values(),
            reason=form.cleaned_data["reason"],
        ),
        leads_to=lambda obligation: reverse("studies:function-detail", args=[obligation.pk]),
        heading="Add an obligation",
        lede="For what your own rules or another country ask, and the catalogue does not hold. "
        "Your own people see it, and the CROs to which you delegate it.",
        crumbs=_crumbs(("Add", "")),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def obligation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the next edition of an obligation of the sponsor's own, with a reason."""
    visible = Obligation.objects.visible_to(request.user).select_related("function")
    obligation = get_object_or_404(visible, pk=pk)
    check_permission(request.user, Permission.EDIT_REGISTER, obligation)
    address = reverse("studies:function-detail", args=[pk])
    form = ObligationForm(request.POST or None, instance=obligation, user=request.user, sponsors=())
    return form_page(
        request,
        form,
        write=lambda: change_obligation(
            actor=actor_of(request.user),
            obligation=obligation,
            values=form.values(),
            **form.said(),
        ),
        leads_to=lambda _: address,
        heading=f"Edit {obligation}: the next edition after {obligation.edition}",
        crumbs=_crumbs((str(obligation), address), ("Edit", "")),
        history=visible_history(user=request.user, row=obligation),
    )
