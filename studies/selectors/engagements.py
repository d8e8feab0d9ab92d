"""Engagements: which CRO works for which sponsor, and how."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from studies.models import Engagement
from vendors.models import Vendor
from vendors.register.filters import by_choice, by_period, by_record
from vendors.register.listing import Column, Listing, Register, Wanted, listing, narrowed


@dataclass(frozen=True)
class EngagementRow:
    """An engagement as listed; `ended` on the day asked about."""

    pk: int
    name: str
    vendor_id: int
    vendor: str
    sponsor: str
    model: str
    pricing_basis: str
    agreement: str
    agreement_id: int | None
    start_date: date
    end_date: date | None
    due_business_day: int
    reports_from: date | None
    ended: bool


ENGAGEMENT_COLUMNS = (
    Column("Engagement", "name", ("name",)),
    Column("CRO", "cro", ("vendor__name", "name")),
    Column("Sponsor", "sponsor", ("sponsor__name", "name")),
    Column("Model", "model", ("model", "name")),
    Column("Agreement", "agreement", ("agreement__title", "name")),
    Column("Start", "start", ("start_date",)),
    Column("Last day", "end", ("end_date",)),
)


def engagement_register(*, user: Any, today: date) -> Register:
    """Return how the list is asked on a day; one statement, for the CROs to choose from."""
    vendors = Vendor.objects.visible_to(user)
    return Register(
        columns=ENGAGEMENT_COLUMNS,
        search=("name", "agreement__title", "vendor__name"),
        filters=(
            by_record("cro", "CRO", vendors, name="name", field="vendor"),
            by_choice("model", "Model", Engagement.Model.choices),
            by_period("start_date", "end_date", on=today),
        ),
    )


def found_engagements(*, user: Any, wanted: Wanted, today: date) -> "QuerySet[Any]":
    """Return the engagements of the list, all pages of it."""
    register = engagement_register(user=user, today=today)
    return narrowed(visible_engagements(user), wanted=wanted, register=register)


def engagements(*, user: Any, wanted: Wanted, today: date) -> Listing:
    """List the engagements that `user` sees."""
    return listing(
        visible_engagements(user),
        wanted=wanted,
        register=engagement_register(user=user, today=today),
        to_row=lambda engagement: engagement_row(engagement, today=today),
    )


def visible_engagements(user: Any) -> "QuerySet[Any]":
    """Return the engagements that `user` sees, with what a row says of them."""
    visible = Engagement.objects.visible_to(user)
    return visible.select_related("vendor", "sponsor", "agreement__vendor")


def engagements_of_vendor(*, user: Any, vendor_id: int, today: date) -> tuple[EngagementRow, ...]:
    """Return the engagements of one CRO, the newest first."""
    found = (
        Engagement.objects.visible_to(user)
        .filter(vendor=vendor_id)
        .select_related("vendor", "sponsor", "agreement")
        .order_by("-start_date", "name")
    )
    return tuple(engagement_row(engagement, today=today) for engagement in found)


def engagement_row(engagement: Engagement, *, today: date) -> EngagementRow:
    """Return one engagement as plain values."""
    return EngagementRow(
        pk=engagement.pk,
        name=engagement.name,
        vendor_id=engagement.vendor_id,
        vendor=str(engagement.vendor),
        sponsor=str(engagement.sponsor),
        model=engagement.get_model_display(),
        pricing_basis=engagement.get_pricing_basis_display(),
        agreement=str(engagement.agreement or ""),
        agreement_id=engagement.agreement_id,
        start_date=engagement.start_date,
        end_date=engagement.end_date,
        due_business_day=engagement.due_business_day,
        reports_from=engagement.reports_from,
        ended=engagement.end_date is not None and engagement.end_date < today,
    )
