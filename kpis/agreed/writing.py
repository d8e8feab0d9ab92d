"""Agreeing limits, choosing KPIs of the library, and ending both. Nothing is deleted."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from kpis.agreed.judging import limits_of
from kpis.definitions import in_force
from kpis.due import month_before
from kpis.engine.definition import KpiDefinition, limit_problems
from kpis.engine.terms import Direction
from kpis.models import AgreedLimits, ChosenKpi
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from studies.models import Engagement
from vendors.models import Sponsor
from vendors.register.saving import NO_REASON, check_same_sponsor, create_row

NOT_BACK = (
    "Choose this month or a later one: no month that is over is judged by a limit that nobody knew "
    "at the time."
)
NOT_TWICE = "Something else was agreed from that month or a later one already. Choose a later one."


def agree_limits(
    *,
    actor: Actor,
    sponsor: Sponsor,
    engagement: Engagement | None,
    slug: str,
    values: Mapping[str, Any],
    reason: str,
    now: datetime,
) -> AgreedLimits:
    """Agree limits of a KPI from a month on; what held before ends with the month before.

    `values`: amber, red, from_month, source, and of a band amber_to and red_to. Raises
    ValidationError with a sentence by field: a month that is over, limits against the KPI's
    direction, no reason.
    """
    definition = _definition(slug, values["from_month"])
    row = AgreedLimits(
        sponsor=sponsor,
        engagement=engagement,
        slug=slug,
        approved_by_id=actor.person_id,
        approved_at=now,
        **values,
    )
    _refuse(row.from_month, reason, now)
    if engagement is not None:
        check_same_sponsor(row, sponsor.pk, "engagement")
    _refuse_against_direction(definition, row)
    with acting(actor, reason=reason):
        held = AgreedLimits.objects.filter(sponsor=sponsor, engagement=engagement, slug=slug)
        _end_before(held, row.from_month, actor, reason)
        return create_row(actor=actor, row=row, reason=reason)


def choose_kpi(
    *,
    actor: Actor,
    engagement: Engagement,
    slug: str,
    from_month: date,
    reason: str,
    now: datetime,
) -> ChosenKpi:
    """Ask for a KPI of the library in an engagement, from a month on."""
    _definition(slug, from_month)
    _refuse(from_month, reason, now)
    row = ChosenKpi(
        engagement=engagement,
        slug=slug,
        from_month=from_month,
        chosen_by_id=actor.person_id,
        chosen_at=now,
    )
    return create_row(actor=actor, row=row, reason=reason)


def end_agreed(
    *,
    actor: Actor,
    row: AgreedLimits | ChosenKpi,
    last_month: date,
    reason: str,
    now: datetime,
) -> AgreedLimits | ChosenKpi:
    """End it with last month or a later one, and return it; raises ValidationError."""
    if not reason.strip():
        raise ValidationError({"reason": NO_REASON})
    if last_month < month_before(_month(now)):
        raise ValidationError({"until_month": NOT_BACK})
    with acting(actor, reason=reason):
        current = type(row)._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
        if current.until_month is not None:
            raise ValidationError("This was ended already, perhaps by a colleague.")
        current.until_month = max(last_month, current.from_month)
        current.save(update_fields=["until_month"])
        record(Event.ENDED, actor=actor, subject=current, reason=reason)
    return current


def _definition(slug: str, month: date) -> KpiDefinition:
    found = in_force(month).get(slug)
    if found is None:
        raise ValidationError("There is no such KPI.")
    return found


def _refuse(from_month: date, reason: str, now: datetime) -> None:
    if not reason.strip():
        raise ValidationError({"reason": NO_REASON})
    if from_month < _month(now):
        raise ValidationError({"from_month": NOT_BACK})


def _refuse_against_direction(definition: KpiDefinition, row: AgreedLimits) -> None:
    if definition.limits is None:
        raise ValidationError("This KPI has no limits: only a comparison or a trend is fair.")
    if definition.direction is Direction.BAND and row.amber_to is None:
        raise ValidationError({"amber_to": "Inside a band is best: give its upper edges too."})
    problems = limit_problems(limits_of(row), definition.direction)
    if problems:
        raise ValidationError({"red": [f"{one[0].upper()}{one[1:]}." for one in problems]})


def _end_before(held: Any, from_month: date, actor: Actor, reason: str) -> None:
    if held.filter(from_month__gte=from_month).exists():
        raise ValidationError({"from_month": NOT_TWICE})
    for earlier in held.select_for_update().filter(until_month=None):
        earlier.until_month = month_before(from_month)
        earlier.save(update_fields=["until_month"])
        record(Event.ENDED, actor=actor, subject=earlier, reason=reason)


def _month(now: datetime) -> date:
    return now.date().replace(day=1)
