"""Pages of service providers: list, see, create, edit."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from vendors.access import Permission, actor_of, check_permission, permissions_of
from vendors.forms import VendorForm
from vendors.models import Vendor
from vendors.register.listing import Wanted
from vendors.register.pages import form_page, sponsors_allowing
from vendors.selectors import vendor_page, vendors, visible_history
from vendors.services import change_vendor, create_vendor


@login_required
@require_GET
def vendor_list(request: HttpRequest) -> HttpResponse:
    """List the service providers."""
    check_permission(request.user, Permission.VIEW_REGISTER)
    permissions = permissions_of(request.user)
    context = {
        "listing": vendors(
            user=request.user, wanted=Wanted.of(request.GET), today=timezone.localdate()
        ),
        "may_edit": Permission.EDIT_REGISTER in permissions,
        "may_manage_access": Permission.MANAGE_ACCESS in permissions,
    }
    return render(request, "vendors/vendor_list.html", context)


@login_required
@require_GET
def vendor_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one service provider with what belongs to it."""
    vendor = get_object_or_404(
        Vendor.objects.visible_to(request.user).select_related("sponsor", "parent"), pk=pk
    )
    check_permission(request.user, Permission.VIEW_REGISTER, vendor)
    permissions = permissions_of(request.user, vendor)
    context = {
        "page": vendor_page(user=request.user, vendor=vendor, today=timezone.localdate()),
        "may_edit": Permission.EDIT_REGISTER in permissions,
        "may_manage_access": Permission.MANAGE_ACCESS in permissions,
    }
    return render(request, "vendors/vendor_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def vendor_create(request: HttpRequest) -> HttpResponse:
    """Add a service provider."""
    check_permission(request.user, Permission.EDIT_REGISTER)
    sponsors = sponsors_allowing(request.user, Permission.EDIT_REGISTER)
    form = VendorForm(request.POST or None, user=request.user, sponsors=sponsors)
    crumbs = [("CROs", reverse("vendors:vendor-list")), ("Add", "")]
    context = {"heading": "Add a CRO or service provider", "crumbs": crumbs}
    return form_page(
        request,
        form,
        write=lambda: create_vendor(
            actor=actor_of(request.user),
            sponsor=form.sponsor,
            values=form.values(),
            reason=form.cleaned_data["reason"],
        ),
        leads_to=lambda vendor: reverse("vendors:vendor-detail", args=[vendor.pk]),
        **context,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def vendor_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a service provider, with a reason."""
    vendor = get_object_or_404(
        Vendor.objects.visible_to(request.user).select_related("sponsor"), pk=pk
    )
    check_permission(request.user, Permission.EDIT_REGISTER, vendor)
    address = reverse("vendors:vendor-detail", args=[pk])
    context = {
        "heading": f"Edit {vendor}",
        "crumbs": [("CROs", reverse("vendors:vendor-list")), (str(vendor), address), ("Edit", "")],
        "history": visible_history(user=request.user, row=vendor),
    }
    form = VendorForm(
        request.POST or None, instance=vendor, user=request.user, sponsors=(vendor.sponsor,)
    )
    return form_page(
        request,
        form,
        write=lambda: change_vendor(
            actor=actor_of(request.user), vendor=vendor, values=form.values(), **form.said()
        ),
        leads_to=lambda _: address,
        **context,
    )
