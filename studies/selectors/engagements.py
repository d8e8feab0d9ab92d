"""Engagements: which CRO works for which sponsor, and how."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from studies.models import Engagement
from vendors.register.listing import Column, Listing, Wanted, listing


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


def engagements(*, user: Any, wanted: Wanted, today: date) -> Listing:
    """List the engagements that `user` sees."""
    return listing(
        Engagement.objects.visible_to(user).select_related("vendor", "sponsor", "agreement"),
        wanted=wanted,
        columns=ENGAGEMENT_COLUMNS,
        search=("name", "agreement__title", "vendor__name"),
        to_row=lambda engagement: engagement_row(engagement, today=today),
    )


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
