"""Adding and changing what is kept about a provider: two pages for all kinds."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from vendors.access import Permission, actor_of, check_permission
from vendors.dossier.forms import form_of
from vendors.dossier.kinds import KINDS, Kind
from vendors.dossier.services import add_entry, change_entry
from vendors.models import Vendor
from vendors.register.pages import form_page
from vendors.selectors import visible_history


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry_create(request: HttpRequest, vendor_id: int, kind: str) -> HttpResponse:
    """Add a record of one kind to a provider's file."""
    vendor, wanted = _found(request, vendor_id, kind)
    form = form_of(wanted)(request.POST or None, user=request.user, sponsors=(vendor.sponsor,))
    return form_page(
        request,
        form,
        write=lambda: add_entry(
            actor=actor_of(request.user),
            kind=wanted,
            vendor=vendor,
            values=form.values(),
            reason=form.cleaned_data["reason"],
        ),
        leads_to=lambda _: _address(vendor, wanted),
        heading=f"{wanted.title}: add {wanted.noun}",
        lede=f"{vendor}: {wanted.why}.",
        crumbs=_crumbs(vendor, wanted, "Add"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry_edit(request: HttpRequest, vendor_id: int, kind: str, pk: int) -> HttpResponse:
    """Change one record of a provider's file, with a reason."""
    vendor, wanted = _found(request, vendor_id, kind)
    entry = get_object_or_404(wanted.model.objects.visible_to(request.user), pk=pk, vendor=vendor)
    form = form_of(wanted)(
        request.POST or None, instance=entry, user=request.user, sponsors=(vendor.sponsor,)
    )
    return form_page(
        request,
        form,
        write=lambda: change_entry(
            actor=actor_of(request.user),
            kind=wanted,
            entry=entry,
            values=form.values(),
            **form.said(),
        ),
        leads_to=lambda _: _address(vendor, wanted),
        heading=f"{wanted.title}: change {wanted.noun}",
        crumbs=_crumbs(vendor, wanted, "Change"),
        history=visible_history(user=request.user, row=entry),
    )


def _found(request: HttpRequest, vendor_id: int, kind: str) -> tuple[Vendor, Kind]:
    vendors = Vendor.objects.visible_to(request.user).select_related("sponsor")
    vendor = get_object_or_404(vendors, pk=vendor_id)
    if kind not in KINDS:
        raise Http404("There is no such kind of record.")
    check_permission(request.user, Permission.EDIT_REGISTER, vendor)
    return vendor, KINDS[kind]


def _address(vendor: Vendor, kind: Kind) -> str:
    return f"{reverse('vendors:vendor-detail', args=[vendor.pk])}#{kind.slug}"


def _crumbs(vendor: Vendor, kind: Kind, last: str) -> list[tuple[str, str]]:
    return [
        ("CROs", reverse("vendors:vendor-list")),
        (str(vendor), _address(vendor, kind)),
        (last, ""),
    ]
