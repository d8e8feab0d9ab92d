"""The end of a recomputation, and finding again what was lost on the way."""

from datetime import datetime, timedelta

from django.db.models import Sum

from kpis.models import Recomputation
from kpis.task_names import RECOMPUTE
from oversight import progress
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from oversight.jobs import enqueue

SYSTEM = Actor.system("recomputing")
# What has not begun after this long was never enqueued, or its workers are gone.
PATIENCE = timedelta(minutes=2)


def job_name(recomputation_id: int) -> str:
    """Return the name under which its workers say that they are at it."""
    return f"recomputing-{recomputation_id}"


def close_if_done(recomputation: Recomputation, *, now: datetime) -> bool:
    """Note the end once every part is finished; the caller holds the row's lock."""
    if recomputation.finished_at or recomputation.cancelled_at:
        return False
    if recomputation.parts.filter(finished_at=None).exists():
        return False
    recomputation.finished_at = now
    recomputation.save(update_fields=["finished_at"])
    names = ("months", "again", "differing", "not_possible", "results")
    detail = recomputation.parts.aggregate(**{name: Sum(name) for name in names})
    record(
        Event.RECOMPUTED,
        actor=SYSTEM,
        subject=recomputation,
        reason=recomputation.reason,
        detail=detail,
    )
    progress.finish(job_name(recomputation.pk))
    return True


def sweep(*, now: datetime) -> None:
    """Enqueue again what is open and of which no worker has said anything for a while."""
    waiting = Recomputation.objects.filter(
        finished_at=None, cancelled_at=None, asked_at__lt=now - PATIENCE
    )
    for one in waiting:
        with acting(SYSTEM, reason=one.reason):
            row = Recomputation.objects.select_for_update().get(pk=one.pk)
            closed = close_if_done(row, now=now)
        if not closed and progress.of(job_name(one.pk)) is None:
            progress.report(job_name(one.pk), "Waiting for its turn", 0.0)
            enqueue(RECOMPUTE, recomputation_id=one.pk)
