"""Pages of people and their roles, for administrators."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from oversight.audit_trail.history import last_change_id
from vendors.access import Permission, Role, actor_of, check_permission
from vendors.forms import EndMembershipForm, MembershipForm
from vendors.invitations import invite
from vendors.models import Membership, Vendor
from vendors.register.listing import Wanted
from vendors.register.pages import form_page, saved, sponsors_allowing
from vendors.selectors import memberships, visible_history
from vendors.services import end_membership, grant_membership


@login_required
@require_GET
def membership_list(request: HttpRequest) -> HttpResponse:
    """List who has which role where."""
    check_permission(request.user, Permission.MANAGE_ACCESS)
    sponsors = sponsors_allowing(request.user, Permission.MANAGE_ACCESS)
    listing = memberships(
        user=request.user,
        sponsor_ids=[sponsor.pk for sponsor in sponsors],
        wanted=Wanted.of(request.GET),
        today=timezone.localdate(),
    )
    return render(request, "vendors/membership_list.html", {"listing": listing})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def membership_create(request: HttpRequest) -> HttpResponse:
    """Give a person a role; somebody new gets a mail to set a password."""
    check_permission(request.user, Permission.MANAGE_ACCESS)
    form = _membership_form(request)
    if form.is_valid():
        filled = dict(form.cleaned_data, role=Role(form.cleaned_data["role"]))
        membership = saved(form, lambda: grant_membership(actor=actor_of(request.user), **filled))
        if membership:
            invite(request, membership.user)
            messages.success(
                request,
                f"{membership.user.email} now has the role {membership.get_role_display()}. "
                "Without a password yet, they get a mail to set one; "
                "“Forgot password” on the sign-in page sends it again.",
            )
            return redirect("vendors:membership-list")
    crumbs = [("People and roles", reverse("vendors:membership-list")), ("Add", "")]
    context = {"form": form, "heading": "Give a person a role", "crumbs": crumbs}
    return render(request, "vendors/record_form.html", context)


def _membership_form(request: HttpRequest) -> MembershipForm:
    sponsors = sponsors_allowing(request.user, Permission.MANAGE_ACCESS)
    vendors = Vendor.objects.visible_to(request.user).filter(
        sponsor__in=[sponsor.pk for sponsor in sponsors], ended_on__isnull=True
    )
    initial = {"from_date": timezone.localdate()}
    return MembershipForm(request.POST or None, sponsors=sponsors, vendors=vendors, initial=initial)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def membership_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a membership end, with a reason."""
    visible = Membership.objects.visible_to(request.user)
    membership = get_object_or_404(visible.select_related("user", "sponsor", "vendor"), pk=pk)
    check_permission(request.user, Permission.MANAGE_ACCESS, membership)
    today = timezone.localdate()
    initial = {"until_date": today, "seen": last_change_id(membership)}
    form = EndMembershipForm(request.POST or None, initial=initial)
    context = {
        "heading": f"End {membership.user}'s role: {membership.get_role_display()}",
        "crumbs": [("People and roles", reverse("vendors:membership-list")), ("End", "")],
        "history": visible_history(user=request.user, row=membership),
    }
    return form_page(
        request,
        form,
        write=lambda: end_membership(
            actor=actor_of(request.user),
            membership=membership,
            last_day=form.cleaned_data["until_date"],
            today=today,
            **form.said(),
        ),
        leads_to=lambda _: reverse("vendors:membership-list"),
        **context,
    )
