"""A recomputation for the tests: asked for by Sam, done here and now instead of by a worker."""

from datetime import UTC, date, datetime
from typing import Any

from kpis.models import Recomputation
from kpis.recomputing.asking import ask
from kpis.recomputing.work import recompute_part, unfinished
from kpis.snapshots.compute import compute_for
from tests.kpis.makers import CUTOFF, GOOD_ROWS, NOW, accepted, csv_bytes
from tests.people import World
from vendors.access import actor_of

LATER = datetime(2025, 12, 1, 9, 0, tzinfo=UTC)
MONTHS = {CUTOFF: csv_bytes(*GOOD_ROWS), date(2025, 12, 12): csv_bytes(*GOOD_ROWS[:2])}


def two_months(world: World) -> None:
    """Accept and compute November and December 2025 of Alpha's study."""
    for cutoff, content in MONTHS.items():
        compute_for(submission=accepted(world, content, cutoff=cutoff), now=NOW)


def asked(world: World, kind: str = "proof", **other: Any) -> Recomputation:
    """Return a recomputation of all of 2025."""
    wanted = {
        "scope": None,
        "first_month": date(2025, 1, 1),
        "last_month": date(2025, 12, 1),
        "reason": "After a restore.",
    }
    return ask(
        actor=actor_of(world.sam),
        sponsor=world.northwind,
        kind=kind,
        now=LATER,
        **{**wanted, **other},
    )


def done(recomputation: Recomputation) -> Recomputation:
    """Do every part that is left, and return the recomputation as it is stored."""
    for part_id in unfinished(recomputation.pk):
        assert recompute_part(part_id=part_id, worker="here", clock=lambda: LATER)
    return Recomputation.objects.get(pk=recomputation.pk)
