"""Engagements in plain words, for pages."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from studies.models import Engagement
from vendors.dossier.selectors import newest_assessment, standing_told
from vendors.dossier.standing import Standing


@dataclass(frozen=True)
class EngagementFact:
    """An engagement in plain words; `kind` is the model's value, `model` its name.

    `standing`: whether the CRO is qualified on the day asked about, for the sponsor's people.
    """

    id: int
    name: str
    kind: str
    model: str
    vendor_id: int
    vendor_name: str
    standing: Standing | None = None


def engagement_facts(
    user: Any, *, on: date | None = None, **conditions: Any
) -> tuple[EngagementFact, ...]:
    """Return the engagements the user sees, by CRO; one statement.

    With a day, how each CRO stands on it as well.
    """
    rows = Engagement.objects.visible_to(user).filter(**conditions).select_related("vendor")
    if on is not None:
        rows = rows.annotate(assessed=newest_assessment(user=user, vendor="vendor", on=on))
    return tuple(
        EngagementFact(
            row.pk,
            row.name,
            row.model,
            row.get_model_display(),
            row.vendor_id,
            row.vendor.name,
            _standing(row, user=user, on=on),
        )
        for row in rows.distinct()
    )


def _standing(row: Any, *, user: Any, on: date | None) -> Standing | None:
    if on is None:
        return None
    return standing_told(row.assessed, user=user, sponsor_id=row.sponsor_id, on=on)
