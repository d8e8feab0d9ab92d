"""Pages of functions: list, see, create, edit. The common ones are read only."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from studies.forms import FunctionForm
from studies.models import Function
from studies.selectors.functions import function_page, functions, obligations
from studies.services import change_function, create_function
from vendors.access import Permission, actor_of, check_permission, permissions_of
from vendors.register.listing import Wanted
from vendors.register.pages import form_page, sponsors_allowing
from vendors.selectors import visible_history


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        ("Delegation", reverse("studies:delegation-list")),
        ("Functions", reverse("studies:function-list")),
        *more,
    ]


@login_required
@require_GET
def function_list(request: HttpRequest) -> HttpResponse:
    """List the common functions and the sponsor's own."""
    check_permission(request.user, Permission.VIEW_REGISTER)
    context = {
        "listing": functions(user=request.user, wanted=Wanted.of(request.GET)),
        "crumbs": [_crumbs()[0], ("Functions", "")],
        "may_edit": Permission.EDIT_REGISTER in permissions_of(request.user),
    }
    return render(request, "studies/function_list.html", context)


@login_required
@require_GET
def obligation_list(request: HttpRequest) -> HttpResponse:
    """List the obligations with their citations; `?q=` looks for words."""
    check_permission(request.user, Permission.VIEW_REGISTER)
    context = {
        "listing": obligations(user=request.user, wanted=Wanted.of(request.GET)),
        "crumbs": [_crumbs()[0], ("Obligations", "")],
        "may_edit": Permission.EDIT_REGISTER in permissions_of(request.user),
    }
    return render(request, "studies/obligation_list.html", context)


@login_required
@require_GET
def function_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one function and who does it where."""
    visible = Function.objects.visible_to(request.user).select_related("sponsor", "obligation")
    function = get_object_or_404(visible, pk=pk)
    # A common function is of no organisation: whoever may see any register may see it.
    row = function if function.sponsor_id is not None else None
    check_permission(request.user, Permission.VIEW_REGISTER, row)
    context = {
        "page": function_page(user=request.user, function=function, today=timezone.localdate()),
        "crumbs": _crumbs((str(function), "")),
        "may_edit": Permission.EDIT_REGISTER in permissions_of(request.user, function),
    }
    return render(request, "studies/function_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def function_create(request: HttpRequest) -> HttpResponse:
    """Add a function of the sponsor's own."""
    check_permission(request.user, Permission.EDIT_REGISTER)
    sponsors = sponsors_allowing(request.user, Permission.EDIT_REGISTER)
    form = FunctionForm(request.POST or None, user=request.user, sponsors=sponsors)
    context = {
        "heading": "Add a function",
        "lede": "For work that no common function covers. Your own people see it, and the CROs to "
        "which you delegate it; the KPIs of the catalogue belong to common functions only.",
        "crumbs": _crumbs(("Add", "")),
    }
    return form_page(
        request,
        form,
        write=lambda: create_function(
            actor=actor_of(request.user),
            sponsor=form.sponsor,
            values=form.values(),
            reason=form.cleaned_data["reason"],
        ),
        leads_to=lambda function: reverse("studies:function-detail", args=[function.pk]),
        **context,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def function_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a function of the sponsor's own, with a reason."""
    visible = Function.objects.visible_to(request.user).filter(kind=Function.Kind.FUNCTION)
    function = get_object_or_404(visible.select_related("sponsor"), pk=pk)
    check_permission(request.user, Permission.EDIT_REGISTER, function)
    address = reverse("studies:function-detail", args=[pk])
    context = {
        "heading": f"Edit {function}",
        "crumbs": _crumbs((str(function), address), ("Edit", "")),
        "history": visible_history(user=request.user, row=function),
    }
    form = FunctionForm(request.POST or None, instance=function, user=request.user, sponsors=())
    return form_page(
        request,
        form,
        write=lambda: change_function(
            actor=actor_of(request.user), function=function, values=form.values(), **form.said()
        ),
        leads_to=lambda _: address,
        **context,
    )
