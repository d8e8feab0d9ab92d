"""A waiver: what it refuses, what no longer is due, what stands on record, and taking it back."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from kpis.due import asked_of, due_submissions, duties
from kpis.models import KpiResult, Waiver
from kpis.snapshots.compute import compute_for
from kpis.snapshots.missing import mark_missing
from kpis.standing import Standing, entries, visible_standings
from kpis.submissions.states import StepRefused
from kpis.waivers import Month, take_back, waive
from oversight.audit_trail.models import AuditTrailEntry
from studies.models import Delegation
from tests.dashboards.months import queries, report
from tests.people import World
from vendors.access import actor_of

pytestmark = pytest.mark.django_db
OCTOBER, NOW = date(2026, 10, 1), datetime(2026, 11, 16, 6, tzinfo=UTC)


def month(world: World, period: date = OCTOBER) -> Month:
    return Month(world.alpha_engagement, world.study, period)


def do(world: World, listing: str = "", reason: str = "The database is frozen.") -> Waiver:
    return waive(
        actor=actor_of(world.sam), month=month(world), listing=listing, reason=reason, now=NOW
    )


def current(world: World) -> dict[str, tuple[str, str]]:
    """Return status and reason of each KPI of the study, as they count now."""
    rows = KpiResult.objects.filter(study=world.study, run__current__isnull=False)
    return {row.definition.slug: (row.rag, row.detail.get("why", "")) for row in rows}


def standing(world: World) -> Standing:
    known = visible_standings(world.ada, first=OCTOBER, last=OCTOBER)
    held = duties(Delegation.objects.visible_to(world.ada))
    (entry,) = entries(held, known, period=OCTOBER, on=NOW.date())
    return entry.standing


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": "  "}, "Say why"),
        ({"listing": "no-such-listing"}, "not due"),
    ],
)
def test_what_cannot_be_waived_is_refused(
    world: World, changed: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(StepRefused, match=sentence):
        do(world, **changed)
    with pytest.raises(StepRefused, match="not due"):
        waive(
            actor=actor_of(world.sam),
            month=Month(world.alpha_engagement, world.other_study, OCTOBER),
            listing="",
            reason="x",
            now=NOW,
        )
    assert not Waiver.objects.exists()


def test_all_of_a_month_is_waived_and_asked_for_again(world: World) -> None:
    mark_missing(period=OCTOBER, today=NOW.date(), now=NOW)
    before = current(world)
    assert {rag for rag, _ in before.values()} == {"missing"}
    waiver = do(world)
    with pytest.raises(StepRefused, match="waived already"):
        do(world)
    assert standing(world) is Standing.WAIVED
    assert mark_missing(period=OCTOBER, today=NOW.date(), now=NOW) == 1
    why = "The sponsor does without it for this month: The database is frozen."
    assert set(current(world).values()) == {("not-applicable", why)}
    assert mark_missing(period=OCTOBER, today=NOW.date(), now=NOW) == 0
    take_back(actor=actor_of(world.sam), waiver=waiver, reason="It is open again.", now=NOW)
    with pytest.raises(StepRefused, match="already"):
        take_back(actor=actor_of(world.sam), waiver=waiver, reason="Again.", now=NOW)
    assert standing(world) is Standing.MISSING
    assert mark_missing(period=OCTOBER, today=NOW.date(), now=NOW) == 1
    assert current(world) == before
    events = AuditTrailEntry.objects.filter(event__in=["waived", "waiver-ended"]).order_by("id")
    assert [(one.event, one.reason) for one in events] == [
        ("waived", "The database is frozen."),
        ("waiver-ended", "It is open again."),
    ]


def test_one_listing_is_waived_and_the_rest_stays_due(world: World) -> None:
    (due,) = due_submissions(
        duties(Delegation.objects.filter(engagement=world.alpha_engagement)), period=OCTOBER
    )
    do(world, "participants", "Nobody is enrolled yet.")
    asked = asked_of(world.alpha_engagement, world.study.pk, on=OCTOBER)
    assert asked is not None
    assert asked.listings == due.listings - {"participants"}
    assert standing(world) is Standing.MISSING
    mark_missing(period=OCTOBER, today=NOW.date(), now=NOW)
    found = current(world)
    assert found["query-backlog"][0] == "not-applicable"
    assert found["query-aging"][0] == "missing"


def test_of_an_accepted_month_only_what_is_not_there_is_excused(world: World) -> None:
    submission = report(
        sponsor=world.sam,
        by=world.ada,
        engagement=world.alpha_engagement,
        study=world.study,
        cutoff=date(2026, 10, 31),
        sites=[queries("S1", old=2, young=40)],
        now=NOW,
    )
    before = current(world)
    assert before["query-backlog"][0] == "missing"
    with pytest.raises(StepRefused, match="handed over already"):
        do(world)
    do(world, "participants")
    compute_for(submission=submission, now=NOW)
    assert current(world)["query-backlog"][0] == "not-applicable"
    assert current(world)["query-aging"] == before["query-aging"]
    compute_for(submission=submission, now=NOW)
    assert (
        KpiResult.objects.filter(definition__slug="query-backlog", study=world.study).count() == 2
    )
