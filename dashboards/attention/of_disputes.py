"""Disputes that the sponsor has not answered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from dashboards.attention.kinds import Kind
from dashboards.attention.matter import Matter
from dashboards.attention.places import Places
from dashboards.attention.weights import Severity
from dashboards.periods import Asked, month_name
from kpis.definitions import catalogue
from kpis.models import Dispute
from oversight.look.times import day_text


@dataclass(frozen=True)
class OpenDispute:
    """A dispute without an answer; `slug` is empty where it is about a comment on a cell."""

    pk: int
    submission_id: int
    engagement_id: int
    study_id: int | None
    period: date | None
    slug: str | None
    raised_at: datetime


def open_disputes(user: Any, *, asked: Asked) -> tuple[OpenDispute, ...]:
    """Return the disputes that were open on the day asked about; one statement."""
    found = Dispute.objects.visible_to(user)
    unanswered = Q(settled_at=None)
    if asked.known_until is not None:
        unanswered |= Q(settled_at__gte=asked.known_until)
        found = found.filter(raised_at__lt=asked.known_until)
    return tuple(
        OpenDispute(*row)
        for row in found.filter(unanswered)
        .order_by("raised_at", "pk")
        .values_list(
            "pk",
            "submission_id",
            "submission__engagement_id",
            "submission__study_id",
            "submission__period_start",
            "result__definition__slug",
            "raised_at",
        )
    )


def of_disputes(found: Iterable[OpenDispute], places: Places) -> Iterator[Matter]:
    """Yield each; nothing has been said about it since it was raised."""
    for one in found:
        place = places.of_engagement(one.engagement_id, one.study_id)
        if place is None:
            continue
        definition = catalogue().get(one.slug or "")
        about = definition.name if definition else "a comment on a cell"
        month = f", {month_name(one.period)}" if one.period else ""
        page = reverse("kpis:submission-detail", args=[one.submission_id])
        functions = places.functions(one.engagement_id, one.study_id)
        yield Matter(
            key=f"dispute {one.pk}",
            kind=Kind.DISPUTE,
            severity=Severity.DISPUTE,
            what=f"{place.vendor} disputes {about}: {place.protocol or 'all studies'}{month}",
            place=place,
            link=page,
            act=f"{page}#disputes",
            began=one.raised_at.date(),
            since_words=f"raised on {day_text(one.raised_at)}",
            functions=functions,
            critical=bool(functions & places.critical),
            silence_words="nobody has answered",
        )
