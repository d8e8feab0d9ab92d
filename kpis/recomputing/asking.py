"""Asking for a recomputation, and cancelling one."""

from datetime import date, datetime

from django.db import IntegrityError

from kpis.models import Recomputation, RecomputedPart
from kpis.recomputing.parts import planned
from kpis.task_names import RECOMPUTE
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from oversight.jobs import enqueue
from studies.models import Study
from vendors.models import Sponsor, Vendor


class RecomputationRefused(Exception):
    """It cannot be done as asked; the text says why and what to do."""


def ask(
    *,
    actor: Actor,
    sponsor: Sponsor,
    kind: str,
    scope: Vendor | Study | None,
    first_month: date,
    last_month: date,
    reason: str,
    now: datetime,
) -> Recomputation:
    """Have workers compute a sponsor's stored months again; `scope` None: all of them.

    Raises RecomputationRefused: no reason, months that run backwards, nothing in the scope, or
    another one that is still open.
    """
    if not reason.strip():
        raise RecomputationRefused("Say why; the reason stays in the audit trail.")
    if last_month < first_month:
        raise RecomputationRefused("The last month lies before the first month.")
    try:
        with acting(actor, reason=reason.strip()):
            recomputation = Recomputation.objects.create(
                sponsor=sponsor,
                kind=kind,
                vendor=scope if isinstance(scope, Vendor) else None,
                study=scope if isinstance(scope, Study) else None,
                first_month=first_month.replace(day=1),
                last_month=last_month.replace(day=1),
                reason=reason.strip(),
                asked_at=now,
                asked_by_id=actor.person_id,
            )
            parts = RecomputedPart.objects.bulk_create(planned(recomputation))
            if not parts:
                raise RecomputationRefused(
                    "No month of it was accepted, so there is nothing to compute. "
                    "Choose other months, or another CRO or study."
                )
            _record(Event.RECOMPUTING, actor, recomputation, months=_months(parts))
            enqueue(RECOMPUTE, recomputation_id=recomputation.pk)
    except IntegrityError as error:
        if "recomputation_one_open_per_sponsor" in str(error):
            raise RecomputationRefused(
                "Another recomputation is not finished. Wait for it, or cancel it first."
            ) from error
        raise
    return recomputation


def cancel(*, actor: Actor, recomputation: Recomputation, now: datetime) -> bool:
    """Begin no further part; what is finished stays. False if it is closed already."""
    with acting(actor, reason="Cancelled"):
        row = Recomputation.objects.select_for_update(of=("self",)).get(pk=recomputation.pk)
        if row.finished_at or row.cancelled_at:
            return False
        row.cancelled_at, row.cancelled_by_id = now, actor.person_id
        row.save(update_fields=["cancelled_at", "cancelled_by"])
        done = _months(list(row.parts.filter(finished_at__isnull=False)))
        _record(Event.CANCELLED, actor, row, months=done)
    return True


def _record(event: Event, actor: Actor, recomputation: Recomputation, *, months: int) -> None:
    scope = recomputation.vendor or recomputation.study or recomputation.sponsor
    detail = {
        "kind": str(recomputation.get_kind_display()),
        "scope": str(scope),
        "first_month": f"{recomputation.first_month:%Y-%m}",
        "last_month": f"{recomputation.last_month:%Y-%m}",
        "months": months,
    }
    record(event, actor=actor, subject=recomputation, reason=recomputation.reason, detail=detail)


def _months(parts: list[RecomputedPart]) -> int:
    return sum(part.months for part in parts)
