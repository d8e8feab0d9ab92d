"""Pages of agreements: the list, one agreement, and adding or changing the record itself."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from vendors.access import Permission, actor_of, check_permission, permissions_of
from vendors.agreements.forms import AgreementForm
from vendors.agreements.models import Agreement
from vendors.agreements.selectors import agreement_page, agreements
from vendors.agreements.services import change_agreement, create_agreement
from vendors.register.listing import Wanted
from vendors.register.pages import form_page, number_of, sponsors_allowing
from vendors.selectors import visible_history

Crumbs = list[tuple[str, str]]


def crumbs_of(agreement: Agreement | None, *more: str) -> Crumbs:
    """Return the way to a page of an agreement."""
    found: Crumbs = [("Agreements", reverse("vendors:agreement-list"))]
    if agreement is not None:
        found.append((str(agreement), reverse("vendors:agreement-detail", args=[agreement.pk])))
    return [*found, *((word, "") for word in more)]


def visible_agreement(request: HttpRequest, pk: int, permission: Permission) -> Agreement:
    """Return an agreement that the person may see; 404 where not, 403 where not allowed."""
    found = Agreement.objects.visible_to(request.user).select_related("vendor__sponsor", "under")
    agreement: Agreement = get_object_or_404(found, pk=pk)
    check_permission(request.user, permission, agreement)
    return agreement


@login_required
@require_GET
def agreement_list(request: HttpRequest) -> HttpResponse:
    """List the agreements, of one provider where the address names it."""
    check_permission(request.user, Permission.VIEW_REGISTER)
    found = agreements(
        user=request.user,
        wanted=Wanted.of(request.GET),
        today=timezone.localdate(),
    )
    may_edit = Permission.EDIT_REGISTER in permissions_of(request.user)
    return render(request, "vendors/agreement_list.html", {"listing": found, "may_edit": may_edit})


@login_required
@require_GET
def agreement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one agreement with all its versions and what one of them says."""
    agreement = visible_agreement(request, pk, Permission.VIEW_REGISTER)
    context = {
        "page": agreement_page(
            user=request.user,
            agreement=agreement,
            version_id=number_of(request.GET.get("version")),
            today=timezone.localdate(),
        ),
        "may_edit": Permission.EDIT_REGISTER in permissions_of(request.user, agreement),
        "crumbs": crumbs_of(None, str(agreement)),
    }
    return render(request, "vendors/agreement_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_create(request: HttpRequest) -> HttpResponse:
    """Add an agreement."""
    check_permission(request.user, Permission.EDIT_REGISTER)
    sponsors = sponsors_allowing(request.user, Permission.EDIT_REGISTER)
    chosen = {"vendor": number_of(request.GET.get("cro"))}
    form = AgreementForm(request.POST or None, user=request.user, sponsors=sponsors, initial=chosen)

    def write() -> Agreement:
        values = form.values()
        vendor = values.pop("vendor")
        reason = form.cleaned_data["reason"]
        actor = actor_of(request.user)
        return create_agreement(actor=actor, vendor=vendor, values=values, reason=reason)

    return form_page(
        request,
        form,
        write=write,
        leads_to=lambda made: reverse("vendors:version-create", args=[made.pk]),
        heading="Add an agreement",
        lede="Its first version comes on the next page.",
        crumbs=crumbs_of(None, "Add"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what an agreement is called or belongs to, with a reason."""
    agreement = visible_agreement(request, pk, Permission.EDIT_REGISTER)
    form = AgreementForm(
        request.POST or None,
        instance=agreement,
        user=request.user,
        sponsors=(agreement.vendor.sponsor,),
    )

    def write() -> Agreement:
        values = {name: value for name, value in form.values().items() if name != "vendor"}
        actor = actor_of(request.user)
        return change_agreement(actor=actor, agreement=agreement, values=values, **form.said())

    return form_page(
        request,
        form,
        write=write,
        leads_to=lambda _: reverse("vendors:agreement-detail", args=[pk]),
        heading=f"Edit {agreement}",
        crumbs=crumbs_of(agreement, "Edit"),
        history=visible_history(user=request.user, row=agreement),
    )
