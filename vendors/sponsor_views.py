"""Pages of sponsors, for their own people: list, see, create, edit."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from vendors.access import Permission, actor_of, check_permission, permissions_of
from vendors.forms import SponsorForm
from vendors.models import Sponsor
from vendors.register.listing import Wanted
from vendors.register.pages import form_page
from vendors.selectors import visible_history
from vendors.services import change_sponsor, create_sponsor
from vendors.sponsor_selectors import sponsor_page, sponsors


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Sponsors", reverse("vendors:sponsor-list")), *more]


@login_required
@require_GET
def sponsor_list(request: HttpRequest) -> HttpResponse:
    """List the sponsors of which one is a member."""
    check_permission(request.user, Permission.VIEW_SPONSOR)
    context = {
        "listing": sponsors(user=request.user, wanted=Wanted.of(request.GET)),
        "may_manage_access": Permission.MANAGE_ACCESS in permissions_of(request.user),
    }
    return render(request, "vendors/sponsor_list.html", context)


@login_required
@require_GET
def sponsor_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one sponsor: its people and its history."""
    sponsor = get_object_or_404(Sponsor.objects.visible_to(request.user), pk=pk)
    check_permission(request.user, Permission.VIEW_SPONSOR, sponsor)
    context = {
        "page": sponsor_page(user=request.user, sponsor=sponsor, today=timezone.localdate()),
        "crumbs": _crumbs((str(sponsor), "")),
    }
    return render(request, "vendors/sponsor_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sponsor_create(request: HttpRequest) -> HttpResponse:
    """Add a sponsor of the same group of companies; who adds it administers it."""
    check_permission(request.user, Permission.MANAGE_ACCESS)
    form = SponsorForm(request.POST or None, user=request.user, sponsors=())
    context = {
        "heading": "Add a sponsor",
        "lede": "For a further company of your group. You become its first administrator; its "
        "register, its people and its history stay apart from those of any other sponsor.",
        "crumbs": _crumbs(("Add", "")),
    }
    return form_page(
        request,
        form,
        write=lambda: create_sponsor(
            actor=actor_of(request.user),
            values=form.values(),
            today=timezone.localdate(),
            reason=form.cleaned_data["reason"],
        ),
        leads_to=lambda sponsor: reverse("vendors:sponsor-detail", args=[sponsor.pk]),
        **context,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sponsor_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a sponsor's name, with a reason."""
    sponsor = get_object_or_404(Sponsor.objects.visible_to(request.user), pk=pk)
    check_permission(request.user, Permission.MANAGE_ACCESS, sponsor)
    address = reverse("vendors:sponsor-detail", args=[pk])
    context = {
        "heading": f"Edit {sponsor}",
        "crumbs": _crumbs((str(sponsor), address), ("Edit", "")),
        "history": visible_history(user=request.user, row=sponsor),
    }
    form = SponsorForm(
        request.POST or None, instance=sponsor, user=request.user, sponsors=(sponsor,)
    )
    return form_page(
        request,
        form,
        write=lambda: change_sponsor(
            actor=actor_of(request.user), sponsor=sponsor, values=form.values(), **form.said()
        ),
        leads_to=lambda _: address,
        **context,
    )
