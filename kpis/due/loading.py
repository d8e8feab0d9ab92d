"""Reads the duties of CROs from delegations, their engagements and what the sponsor chose."""

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from kpis.due.days import Terms
from kpis.due.duties import Choice, Duty
from kpis.models import ChosenKpi
from studies.models import Delegation


def duties(delegations: Any) -> tuple[Duty, ...]:
    """Return the delegated functions in a queryset of delegations; one statement.

    Where in the world the CRO does it, and whether the agreement was in force, changes nothing in
    what is due; the end of the engagement ends it.
    """
    chosen = ChosenKpi._base_manager.filter(engagement=OuterRef("engagement_id"))
    rows = (
        delegations.filter(engagement__isnull=False)
        .annotate(
            choices=ArraySubquery(
                chosen.values(
                    found=JSONObject(
                        slug="slug", from_month="from_month", until_month="until_month"
                    )
                )
            )
        )
        .order_by("study__protocol_number", "pk")
        .values_list(
            "engagement_id",
            "engagement__model",
            "study_id",
            "study__protocol_number",
            "function__slug",
            "from_date",
            "until_date",
            "engagement__due_business_day",
            "engagement__sponsor__country",
            "engagement__vendor__country",
            "engagement__start_date",
            "engagement__reports_from",
            "engagement__end_date",
            "choices",
        )
    )
    return tuple(_duty(*row, [_choice(**one) for one in found]) for *row, found in rows)


def duty_of(delegation: Delegation) -> Duty | None:
    """Return what `duties` would say of one delegation, saved or not; None where no CRO acts.

    One statement, for what the sponsor chose for a saved engagement.
    """
    engagement = delegation.engagement
    if engagement is None:
        return None
    chosen = ChosenKpi._base_manager.filter(engagement=engagement.pk)
    rows = chosen.values_list("slug", "from_month", "until_month") if engagement.pk else ()
    return _duty(
        engagement.pk or 0,
        engagement.model,
        delegation.study_id,
        delegation.study.protocol_number,
        delegation.function.slug,
        delegation.from_date,
        delegation.until_date,
        engagement.due_business_day,
        engagement.sponsor.country,
        engagement.vendor.country,
        engagement.start_date,
        engagement.reports_from,
        engagement.end_date,
        [Choice(*row) for row in rows],
    )


def _duty(*row: Any) -> Duty:
    engagement, model, study, protocol, function, from_date, until, *terms, end, choices = row
    # Nothing is done under an engagement that has ended, whatever its delegations say.
    until = min((day for day in (until, end) if day is not None), default=None)
    return Duty(
        engagement,
        model,
        study,
        protocol,
        function,
        from_date,
        until,
        terms=_terms(*terms),
        choices=tuple(choices),
    )


def _choice(slug: str, from_month: str, until_month: str | None) -> Choice:
    """Read a choice as PostgreSQL writes it in JSON."""
    until = None if until_month is None else date.fromisoformat(until_month)
    return Choice(slug, date.fromisoformat(from_month), until)


def _terms(
    business_day: int, sponsor: str, vendor: str, start_date: date, reports_from: date | None
) -> Terms:
    countries = tuple(name for name in (sponsor, vendor) if name)
    return Terms(business_day, countries, max(start_date, reports_from or start_date))
