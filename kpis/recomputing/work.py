"""One part, from claim to end: done by one worker at a time, stored once, safe to run twice."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection

from kpis.models import Recomputation, RecomputedDifference, RecomputedPart
from kpis.recomputing import proof, update
from kpis.recomputing.ending import SYSTEM, close_if_done, job_name
from kpis.recomputing.found import Found, Month
from kpis.recomputing.parts import is_proof
from oversight import progress
from oversight.audit_trail.attribution import acting

Clock = Callable[[], datetime]


def recompute_part(*, part_id: int, worker: str, clock: Clock) -> bool:
    """Compute one part and store what came out; False if it was not there to be done.

    Nothing is stored of a part that was begun and not finished, but that it was begun and by whom.
    """
    with _held(part_id) as held:
        part = _waiting(part_id) if held else None
        if part is None:
            return False
        _begin(part, worker, clock())
        _finish(part, _all_of(part, clock()), clock())
    return True


def unfinished(recomputation_id: int) -> list[int]:
    """Return the parts that are left to do, the largest first; none of one that is closed."""
    rows = RecomputedPart.objects.filter(
        recomputation=recomputation_id,
        recomputation__finished_at=None,
        recomputation__cancelled_at=None,
        finished_at=None,
    )
    return list(rows.order_by("-months", "pk").values_list("pk", flat=True))


def part_name(part_id: int) -> str:
    """Return the name under which a part's worker says how far it is."""
    return f"recomputed-part-{part_id}"


@contextmanager
def _held(part_id: int) -> Iterator[bool]:
    """Hold the part for this database session; False while another session holds it.

    The lock is the session's, not a transaction's: a part takes long, and a killed worker's is
    gone with its connection.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('recomputed part'), %s)", [part_id])
        held = bool(cursor.fetchone()[0])
    try:
        yield held
    finally:
        if held and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_advisory_unlock(hashtext('recomputed part'), %s)", [part_id]
                )


def _waiting(part_id: int) -> RecomputedPart | None:
    rows = RecomputedPart.objects.select_related("recomputation", "study", "engagement")
    return rows.filter(
        pk=part_id,
        finished_at=None,
        recomputation__finished_at=None,
        recomputation__cancelled_at=None,
    ).first()


def _begin(part: RecomputedPart, worker: str, now: datetime) -> None:
    part.begun_at, part.worker = now, worker
    with acting(SYSTEM, reason=part.recomputation.reason):
        part.save(update_fields=["begun_at", "worker"])


def _all_of(part: RecomputedPart, now: datetime) -> Found:
    months = proof.months(part) if is_proof(part.recomputation) else update.months(part, now=now)
    found = Found()
    for month in _told(months, part):
        found.add(month)
    return found


def _told(months: Iterable[Month], part: RecomputedPart) -> Iterator[Month]:
    """Say after each month how far the part is."""
    progress.report(part_name(part.pk), "0", 0.0)
    for place, month in enumerate(months, start=1):
        progress.report(part_name(part.pk), str(place), place / max(part.months, place))
        progress.report(job_name(part.recomputation_id), str(part), 0.0)
        yield month


def _finish(part: RecomputedPart, found: Found, now: datetime) -> None:
    with acting(SYSTEM, reason=part.recomputation.reason):
        whole = Recomputation.objects.select_for_update().get(pk=part.recomputation_id)
        part.finished_at, part.months = now, found.months
        part.again, part.differing = found.again, found.differing
        part.not_possible, part.results = found.not_possible, found.results
        part.save()
        RecomputedDifference.objects.bulk_create(
            RecomputedDifference(part=part, **one) for one in found.listed
        )
        close_if_done(whole, now=now)
    progress.finish(part_name(part.pk))
