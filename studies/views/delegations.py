"""Pages of one delegation: see, create, edit, confirm."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from studies.delegating import change_delegation, confirm_delegation, create_delegation
from studies.delegation_form import DelegationForm
from studies.models import Delegation
from studies.selectors.delegation_page import RELATED_OF_PAGE, delegation_page
from vendors.access import Permission, actor_of, check_permission, permissions_of
from vendors.register.pages import form_page, number_of, sponsors_allowing
from vendors.register.saving import StaleRecordError
from vendors.selectors import visible_history

# Answered on the floor above, which knows what is due; the form only asks its address.
ASK_WHAT_IS_DUE = "kpis/_ask_due_preview.html"


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Delegation", reverse("studies:delegation-list")), *more]


@login_required
@require_GET
def delegation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one delegation."""
    visible = Delegation.objects.visible_to(request.user).select_related(*RELATED_OF_PAGE)
    delegation = get_object_or_404(visible, pk=pk)
    check_permission(request.user, Permission.VIEW_REGISTER, delegation)
    context = {
        "page": delegation_page(
            user=request.user, delegation=delegation, today=timezone.localdate()
        ),
        "crumbs": _crumbs((str(delegation), "")),
        "history": visible_history(user=request.user, row=delegation),
        "may_edit": Permission.EDIT_REGISTER in permissions_of(request.user, delegation),
    }
    return render(request, "studies/delegation_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delegation_create(request: HttpRequest) -> HttpResponse:
    """Record who does a function; `?study=` and `?function=` choose beforehand."""
    check_permission(request.user, Permission.EDIT_REGISTER)
    form = _new_form(request)
    heading = "Record who does a function"
    context = {
        "heading": heading,
        "crumbs": _crumbs(("Add", "")),
        "check_panel": "studies/_check.html",
        "check_url": reverse("studies:delegation-check"),
        "after_form": ASK_WHAT_IS_DUE,
    }
    return form_page(
        request,
        form,
        write=lambda: create_delegation(
            actor=actor_of(request.user),
            values=form.values(),
            today=timezone.localdate(),
            reason=form.cleaned_data["reason"],
        ),
        leads_to=lambda delegation: reverse("studies:study-detail", args=[delegation.study_id]),
        **context,
    )


def _new_form(request: HttpRequest) -> DelegationForm:
    chosen = ("study", "function", "engagement")
    initial: dict[str, Any] = {name: number_of(request.GET.get(name)) for name in chosen}
    sponsors = sponsors_allowing(request.user, Permission.EDIT_REGISTER)
    return DelegationForm(
        request.POST or None, user=request.user, sponsors=sponsors, initial=initial
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delegation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a delegation, with a reason."""
    visible = Delegation.objects.visible_to(request.user)
    delegation = get_object_or_404(visible.select_related("study__sponsor", "function"), pk=pk)
    check_permission(request.user, Permission.EDIT_REGISTER, delegation)
    address = reverse("studies:delegation-detail", args=[pk])
    context = {
        "heading": f"Edit who does {delegation.function} on {delegation.study}",
        "crumbs": _crumbs((str(delegation), address), ("Edit", "")),
        "after_form": ASK_WHAT_IS_DUE,
        "pk": pk,
        "history": visible_history(user=request.user, row=delegation),
        "check_panel": "studies/_check.html",
        "check_url": reverse("studies:delegation-check-change", args=[pk]),
    }
    sponsors = (delegation.study.sponsor,)
    form = DelegationForm(
        request.POST or None, instance=delegation, user=request.user, sponsors=sponsors
    )
    return form_page(
        request,
        form,
        write=lambda: change_delegation(
            actor=actor_of(request.user),
            delegation=delegation,
            values=form.values(),
            today=timezone.localdate(),
            **form.said(),
        ),
        leads_to=lambda _: address,
        **context,
    )


@login_required
@require_POST
def delegation_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a record as it was shown."""
    delegation = get_object_or_404(Delegation.objects.visible_to(request.user), pk=pk)
    check_permission(request.user, Permission.EDIT_REGISTER, delegation)
    try:
        confirm_delegation(
            actor=actor_of(request.user),
            delegation=delegation,
            today=timezone.localdate(),
            seen=number_of(request.POST.get("seen")),
        )
        messages.success(request, "You have confirmed this record.")
    except StaleRecordError as stale:
        messages.error(request, str(stale))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("studies:delegation-detail", pk)
