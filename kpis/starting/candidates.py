"""The CROs that may be engaged, with how they stand on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from vendors.dossier.selectors import standings
from vendors.dossier.standing import Standing
from vendors.models import Tier, Vendor


@dataclass(frozen=True)
class Candidate:
    """A CRO: its qualification, and its step of the ladder in words (empty: none recorded)."""

    vendor: Vendor
    standing: Standing
    tier: str


def candidates(user: Any, vendors: Any, *, today: date) -> tuple[Candidate, ...]:
    """Return a queryset of CROs with how they stand; three statements."""
    found = list(vendors)
    known = standings(user=user, vendors=[(one.pk, one.sponsor_id) for one in found], on=today)
    holds = Q(until_date__isnull=True) | Q(until_date__gte=today)
    tiers = Tier.objects.visible_to(user).filter(holds, from_date__lte=today)
    steps = {one.vendor_id: one for one in tiers}
    return tuple(
        Candidate(one, known[one.pk], _tier(steps.get(one.pk))) for one in found if one.pk in known
    )


def _tier(tier: Tier | None) -> str:
    return f"{tier.get_step_display()} since {tier.from_date:%-d %b %Y}" if tier else ""
