"""Who holds a function: a column of the pages for each engagement under which it is delegated."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kpis.due import Duty
from studies.models import Engagement, Function


@dataclass(frozen=True)
class Column:
    """One engagement; `studies` are the protocol numbers on which it holds the function.

    It is named by its CRO, and by itself where the CRO has several.
    """

    engagement_id: int
    engagement: str
    model: str
    vendor_id: int
    vendor: str
    studies: tuple[str, ...]
    name: str


def columns_of(user: Any, held: Iterable[Duty], *, period: date) -> tuple[Column, ...]:
    """Return the engagements with duties in the month, by CRO; one statement."""
    studies: dict[int, dict[str, None]] = {}
    for duty in held:
        if duty.covers(period):
            studies.setdefault(duty.engagement_id, {})[duty.protocol_number] = None
    return tuple(
        replace(one, studies=tuple(studies[one.engagement_id]))
        for one in all_columns(user, pk__in=studies)
    )


def all_columns(user: Any, **conditions: Any) -> tuple[Column, ...]:
    """Return the engagements that the user sees, without their studies; one statement."""
    rows = list(
        Engagement.objects.visible_to(user)
        .filter(**conditions)
        .select_related("vendor")
        .order_by("vendor__name", "name")
    )
    vendors = [row.vendor_id for row in rows]
    return tuple(
        Column(
            engagement_id=row.pk,
            engagement=row.name,
            model=row.model,
            vendor_id=row.vendor_id,
            vendor=row.vendor.name,
            studies=(),
            name=row.vendor.name if vendors.count(row.vendor_id) == 1 else row.name,
        )
        for row in rows
    )


def functions_named(user: Any, slugs: Iterable[str]) -> Mapping[str, Function]:
    """Return functions by slug, those that the user may see; one statement."""
    found = Function.objects.visible_to(user).filter(
        slug__in=set(slugs), kind=Function.Kind.FUNCTION
    )
    return {one.slug: one for one in found}
