"""Having a coming version computed on past months."""

from datetime import date, datetime

from django.core.exceptions import ValidationError

from kpis.definitions import content_of
from kpis.due import month_before
from kpis.engine.definition import KpiDefinition
from kpis.models import ShadowRun
from kpis.task_names import RUN_SHADOW
from oversight import progress
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from oversight.jobs import enqueue
from vendors.models import Sponsor

MONTHS = 24
MOST_MONTHS = 60


def job_name(run_id: int) -> str:
    """Return the name under which a shadow run reports its progress."""
    return f"shadow-{run_id}"


def ask_for_shadow(
    *,
    actor: Actor,
    sponsor: Sponsor,
    definition: KpiDefinition,
    months: int = MONTHS,
    now: datetime,
) -> ShadowRun:
    """Have a worker compute `definition` on the past months of what `actor` sees of a sponsor.

    The months up to this one. One that is asked for already and not computed yet is returned
    instead. Raises ValidationError for a number of months that nobody needs.
    """
    if not 1 <= months <= MOST_MONTHS:
        raise ValidationError({"months": f"Choose 1 to {MOST_MONTHS} months."})
    last = now.date().replace(day=1)
    first = _months_before(last, months - 1)
    asked = {"sponsor": sponsor, "slug": definition.slug, "sha256": definition.digest()}
    waiting = ShadowRun.objects.filter(
        **asked, first_month=first, last_month=last, computed_at=None, asked_by=actor.person_id
    ).first()
    if isinstance(waiting, ShadowRun):
        return waiting
    with acting(actor, reason=f"Version {definition.version} beside the months before it"):
        run = ShadowRun.objects.create(
            **asked,
            version=definition.version,
            content=content_of(definition),
            first_month=first,
            last_month=last,
            asked_by_id=actor.person_id,
            asked_at=now,
        )
        record(Event.CREATED, actor=actor, subject=run, detail={"months": months})
        progress.report(job_name(run.pk), "Waiting for its turn", 0.0)
        enqueue(RUN_SHADOW, run_id=run.pk)
    return run


def _months_before(month: date, count: int) -> date:
    for _ in range(count):
        month = month_before(month)
    return month
