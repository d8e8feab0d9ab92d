"""Reading sponsors, for the pages of their own people."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from oversight.audit_trail.history import HistoryEntry
from vendors.access import Permission
from vendors.models import Membership, Sponsor
from vendors.register.listing import Column, Listing, Register, Wanted, listing
from vendors.register.pages import sponsors_allowing
from vendors.selectors import MembershipRow, membership_row, visible_history


@dataclass(frozen=True)
class SponsorRow:
    """A sponsor as listed, with the number of service providers in its register."""

    pk: int
    name: str
    country: str
    providers: int
    may_edit: bool


@dataclass(frozen=True)
class SponsorPage:
    """A sponsor with its own people of today and its history."""

    sponsor: SponsorRow
    people: tuple[MembershipRow, ...]
    history: tuple[HistoryEntry, ...] | None


SPONSOR_COLUMNS = (
    Column("Name", "name", ("name",)),
    Column("Service providers", "providers", ("providers",), numeric=True),
)


def sponsors(*, user: Any, wanted: Wanted) -> Listing:
    """List the sponsors of which `user` is a member; whom a CRO works for is not listed."""
    editable = sponsors_allowing(user, Permission.MANAGE_ACCESS)
    shown = [sponsor.pk for sponsor in sponsors_allowing(user, Permission.VIEW_SPONSOR)]
    return listing(
        _with_providers(Sponsor.objects.visible_to(user).filter(pk__in=shown)),
        wanted=wanted,
        register=Register(columns=SPONSOR_COLUMNS, search=("name",)),
        to_row=lambda sponsor: _sponsor_row(sponsor, editable),
    )


def sponsor_page(*, user: Any, sponsor: Sponsor, today: date) -> SponsorPage:
    """Gather the page of one sponsor."""
    counted = _with_providers(Sponsor.objects.visible_to(user)).get(pk=sponsor.pk)
    members = (
        Membership.objects.visible_to(user)
        .current()
        .filter(sponsor=sponsor)
        .select_related("user", "sponsor", "vendor")
        .order_by("user__name", "pk")
    )
    return SponsorPage(
        sponsor=_sponsor_row(counted, sponsors_allowing(user, Permission.MANAGE_ACCESS)),
        people=tuple(membership_row(membership, today) for membership in members),
        history=visible_history(user=user, row=sponsor),
    )


def _with_providers(queryset: Any) -> Any:
    return queryset.annotate(providers=Count("vendors"))


def _sponsor_row(sponsor: Any, editable: tuple[Sponsor, ...]) -> SponsorRow:
    return SponsorRow(
        pk=sponsor.pk,
        name=sponsor.name,
        country=sponsor.country,
        providers=sponsor.providers,
        may_edit=sponsor in editable,
    )
