"""Reading service providers and people's roles, for pages."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from oversight.audit_trail.history import HistoryEntry, history_of
from vendors.access import Role, VisibleModel
from vendors.dossier.selectors import Panel, panels, standings
from vendors.dossier.standing import Standing
from vendors.models import Membership, Vendor
from vendors.register.filters import by_answer, by_choice, by_period
from vendors.register.listing import Column, Listing, Register, Wanted, listing, narrowed
from vendors.register.pages import acts_for_sponsor


@dataclass(frozen=True)
class VendorRow:
    """A service provider as listed; `parent` is empty for readers who may not know it."""

    pk: int
    name: str
    kind: str
    country: str
    parent: str
    sponsor_id: int
    sponsor: str
    ended_on: date | None
    standing: Standing | None = None


VENDORS = Register(
    columns=(
        Column("Name", "name", ("name",)),
        Column("Kind", "kind", ("kind",)),
        Column("Seat", "country", ("country",)),
        Column("Works under", "parent", ("parent__name",)),
        Column("Works for", "sponsor", ("sponsor__name",)),
        Column("Qualification"),
        Column("State", "state", ("ended_on",)),
    ),
    search=("name", "country"),
    filters=(
        by_choice("kind", "Kind", Vendor.Kind.choices),
        by_answer(
            "state",
            "State",
            (
                ("current", "current", Q(ended_on__isnull=True)),
                ("ended", "ended", Q(ended_on__isnull=False)),
            ),
        ),
    ),
)


def found_vendors(*, user: Any, wanted: Wanted, today: date) -> "QuerySet[Any]":
    """Return the service providers of the list, all pages of it."""
    visible = Vendor.objects.visible_to(user).select_related("sponsor", "parent")
    return narrowed(visible, wanted=wanted, register=VENDORS)


def vendors(*, user: Any, wanted: Wanted, today: date) -> Listing:
    """List the service providers that `user` sees."""
    found = listing(
        Vendor.objects.visible_to(user).select_related("sponsor", "parent"),
        wanted=wanted,
        register=VENDORS,
        to_row=lambda vendor: vendor_row(user=user, vendor=vendor),
    )
    rows = found.page.object_list
    stand = standings(user=user, vendors=[(row.pk, row.sponsor_id) for row in rows], on=today)
    found.page.object_list = [replace(row, standing=stand.get(row.pk)) for row in rows]
    return found


def vendor_row(*, user: Any, vendor: Vendor) -> VendorRow:
    """Return one service provider; who brought it in is the sponsor's to know."""
    named = vendor.parent is not None and acts_for_sponsor(user, vendor.sponsor_id)
    return VendorRow(
        pk=vendor.pk,
        name=vendor.name,
        kind=vendor.get_kind_display(),
        country=vendor.country,
        parent=str(vendor.parent) if named else "",
        sponsor_id=vendor.sponsor_id,
        sponsor=str(vendor.sponsor),
        ended_on=vendor.ended_on,
    )


@dataclass(frozen=True)
class MembershipRow:
    """A person's role somewhere, from a day to a day; `current` on the day asked about."""

    pk: int
    person: str
    email: str
    organisation: str
    role: str
    from_date: date
    until_date: date | None
    current: bool
    ended: bool


@dataclass(frozen=True)
class VendorPage:
    """A service provider with what belongs to it."""

    vendor: VendorRow
    sub_providers: tuple[VendorRow, ...]
    people: tuple[MembershipRow, ...]
    dossier: tuple[Panel, ...]
    standing: Standing | None
    history: tuple[HistoryEntry, ...] | None


def vendor_page(*, user: Any, vendor: Vendor, today: date) -> VendorPage:
    """Gather the page of one service provider; its history is for the sponsor's people."""
    visible = Vendor.objects.visible_to(user).select_related("sponsor", "parent")
    members = (
        Membership.objects.visible_to(user)
        .current()
        .filter(vendor=vendor)
        .select_related("user", "sponsor", "vendor")
        .order_by("user__name", "pk")
    )
    return VendorPage(
        vendor=vendor_row(user=user, vendor=vendor),
        sub_providers=tuple(
            vendor_row(user=user, vendor=sub)
            for sub in visible.filter(parent=vendor).order_by("name")
        ),
        people=tuple(membership_row(membership, today) for membership in members),
        dossier=panels(user=user, vendor=vendor, today=today),
        standing=standing_of(user=user, vendor=vendor, on=today),
        history=visible_history(user=user, row=vendor),
    )


def standing_of(*, user: Any, vendor: Vendor, on: date) -> Standing | None:
    """Return how one provider stands on a day, or None where `user` may not know."""
    pair = (vendor.pk, vendor.sponsor_id)
    return standings(user=user, vendors=[pair], on=on).get(vendor.pk)


def visible_history(*, user: Any, row: VisibleModel) -> tuple[HistoryEntry, ...] | None:
    """Return the history of a record to the sponsor's own people, None to everybody else."""
    sponsor_id, _ = row.organisations()
    if sponsor_id is None or not acts_for_sponsor(user, sponsor_id):
        return None
    return history_of(row)


MEMBERSHIP_COLUMNS = (
    Column("Person", "person", ("user__name", "user__email")),
    Column("Organisation", "organisation", ("sponsor__name", "vendor__name")),
    Column("Role", "role", ("role",)),
    Column("From", "from", ("from_date",)),
    Column("Last day", "until", ("until_date",)),
    Column("State"),
    Column("Change"),
)


def membership_register(*, today: date) -> Register:
    """Return how the list of people and roles is asked on a day."""
    return Register(
        columns=MEMBERSHIP_COLUMNS,
        search=("user__name", "user__email", "sponsor__name", "vendor__name"),
        filters=(
            by_choice("role", "Role", Role.choices),
            by_period("from_date", "until_date", on=today),
        ),
    )


def memberships(*, user: Any, sponsor_ids: list[int], wanted: Wanted, today: date) -> Listing:
    """List the people of the sponsors in `sponsor_ids` and of their CROs."""
    return listing(
        memberships_at(user=user, sponsor_ids=sponsor_ids),
        wanted=wanted,
        register=membership_register(today=today),
        to_row=lambda membership: membership_row(membership, today),
    )


def memberships_at(*, user: Any, sponsor_ids: list[int]) -> "QuerySet[Any]":
    """Return the memberships at the sponsors in `sponsor_ids` and at their CROs."""
    of_them = Q(sponsor__in=sponsor_ids) | Q(vendor__sponsor__in=sponsor_ids)
    visible = Membership.objects.visible_to(user).filter(of_them)
    return visible.select_related("user", "sponsor", "vendor")


def membership_row(membership: Membership, today: date) -> MembershipRow:
    """Return one membership as plain values."""
    ended = membership.until_date is not None and membership.until_date < today
    return MembershipRow(
        pk=membership.pk,
        person=str(membership.user),
        email=membership.user.email,
        organisation=str(membership.sponsor or membership.vendor),
        role=membership.get_role_display(),
        from_date=membership.from_date,
        until_date=membership.until_date,
        current=not ended and membership.from_date <= today,
        ended=ended,
    )
