"""Reads the duties of CROs from delegations, their engagements and what the sponsor chose.

A large portfolio has thousands of delegations and few changes of them in a day: what was read of
an engagement is put into objects once, and told apart by all that was read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, OuterRef, TextField, Value
from django.db.models.functions import Cast, Coalesce

from kpis.due.days import Terms
from kpis.due.duties import Choice, Duty
from kpis.models import ChosenKpi
from studies.models import Delegation, Engagement

BETWEEN = "|"
ENGAGEMENTS_KEPT = 2000


@dataclass(frozen=True, eq=False)
class Held:
    """The duties of one engagement, by protocol number; the same object while nothing changes."""

    engagement_id: int
    places: tuple[tuple[str, int], ...]
    duties: tuple[Duty, ...]


def duties(delegations: Any) -> tuple[Duty, ...]:
    """Return the delegated functions in a queryset of delegations; one statement.

    Where in the world the CRO does it, and whether the agreement was in force, changes nothing in
    what is due; the end of the engagement ends it.
    """
    return joined_duties(holdings(delegations))


def joined_duties(found: Sequence[Held]) -> tuple[Duty, ...]:
    """Return the duties of several engagements by protocol number."""
    rows = [pair for one in found for pair in zip(one.places, one.duties, strict=True)]
    return tuple(duty for _, duty in sorted(rows, key=lambda row: row[0]))


def holdings(delegations: Any) -> tuple[Held, ...]:
    """Return the same by engagement, in the order of the first of each; one statement."""
    ours = delegations.filter(engagement=OuterRef("pk"))
    chosen = ChosenKpi._base_manager.filter(engagement=OuterRef("pk"))
    rows = (
        Engagement._base_manager.filter(pk__in=delegations.values("engagement"))
        .annotate(
            choices=ArraySubquery(chosen.values(told=_text("slug", "from_month", "until_month"))),
            held=ArraySubquery(
                ours.order_by("study__protocol_number", "pk").values(
                    told=_text(
                        "pk",
                        "study_id",
                        "function__slug",
                        "from_date",
                        "until_date",
                        "study__protocol_number",
                    )
                )
            ),
        )
        .values_list(
            "pk",
            "model",
            "due_business_day",
            "sponsor__country",
            "vendor__country",
            "start_date",
            "reports_from",
            "end_date",
            "choices",
            "held",
        )
    )
    found = [_held(*facts, tuple(choices), tuple(held)) for *facts, choices, held in rows]
    return tuple(sorted(found, key=lambda one: one.places[:1]))


def _text(*names: str) -> Func:
    """Return columns as one text; one without a value is empty, the last may hold anything."""
    columns = [Coalesce(Cast(F(name), TextField()), Value("")) for name in names]
    return Func(Value(BETWEEN), *columns, function="CONCAT_WS", output_field=TextField())


@lru_cache(maxsize=ENGAGEMENTS_KEPT)
def _held(
    engagement_id: int,
    model: str,
    business_day: int,
    sponsor: str,
    vendor: str,
    start_date: date,
    reports_from: date | None,
    end_date: date | None,
    choices: tuple[str, ...],
    held: tuple[str, ...],
) -> Held:
    asked = tuple(_choice(*one.split(BETWEEN)) for one in choices)
    terms = (business_day, sponsor, vendor, start_date, reports_from, end_date)
    places, found = [], []
    for told in held:
        pk, study, function, from_date, until, protocol = told.split(BETWEEN, 5)
        places.append((protocol, int(pk)))
        ends = date.fromisoformat(until) if until else None
        begins = date.fromisoformat(from_date)
        scope = (engagement_id, model, int(study), protocol, function, begins, ends)
        found.append(_duty(*scope, *terms, asked))
    return Held(engagement_id, tuple(places), tuple(found))


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


def _choice(slug: str, from_month: str, until_month: str) -> Choice:
    """Read a choice as PostgreSQL writes it."""
    until = date.fromisoformat(until_month) if until_month else None
    return Choice(slug, date.fromisoformat(from_month), until)


def _terms(
    business_day: int, sponsor: str, vendor: str, start_date: date, reports_from: date | None
) -> Terms:
    countries = tuple(name for name in (sponsor, vendor) if name)
    return Terms(business_day, countries, max(start_date, reports_from or start_date))
