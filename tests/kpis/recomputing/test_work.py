"""Doing the parts: what comes out again, what differs, what cannot be done, what is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg2
from django.db import connections

from kpis.models import (
    ChosenKpi,
    CurrentRun,
    KpiResult,
    RecomputedDifference,
    SnapshotRun,
    SubmittedTable,
)
from kpis.recomputing.ending import job_name, sweep
from kpis.recomputing.work import recompute_part, unfinished
from oversight import progress, storage
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import Change
from tests.kpis.makers import NOW
from tests.kpis.recomputing.makers import LATER, asked, done, two_months
from tests.kpis.recomputing.test_asking import entry
from tests.people import World


@contextmanager
def another_session() -> Iterator[Any]:
    """Open a session of its own, as another worker has; what it holds goes with it."""
    parameters = connections["default"].get_connection_params()
    left_out = {"context", "cursor_factory"}
    known = {name: value for name, value in parameters.items() if name not in left_out}
    session = psycopg2.connect(**known)
    try:
        yield session.cursor()
    finally:
        session.close()


def test_what_is_stored_comes_out_again_and_nothing_is_written(world: World) -> None:
    two_months(world)
    stored = SnapshotRun.objects.count(), KpiResult.objects.count()
    row = done(asked(world))
    assert row.finished_at == LATER
    parts = list(row.parts.all())
    assert [(part.again, part.differing, part.not_possible) for part in parts] == [(2, 0, 0)] * 2
    across = next(part for part in parts if part.study is None)
    assert across.results == KpiResult.objects.filter(study=None).count() > 0
    assert {part.worker for part in parts} == {"here"}
    assert (SnapshotRun.objects.count(), KpiResult.objects.count()) == stored
    assert not RecomputedDifference.objects.exists()
    said = entry(Event.RECOMPUTED).detail
    assert (said["months"], said["again"], said["differing"]) == (4, 4, 0)
    assert said["results"] == sum(part.results for part in parts)


def test_what_differs_is_told_by_figure(world: World) -> None:
    two_months(world)
    forged = KpiResult.objects.filter(study=world.study, period_start__month=12).latest("pk")
    forged.pk, forged.country = None, "Atlantis"
    forged.save()
    row = done(asked(world, scope=world.study))
    part = row.parts.get()
    assert (part.again, part.differing, part.not_possible) == (1, 1, 0)
    one = RecomputedDifference.objects.get()
    assert (one.country, one.what, one.stored) == ("Atlantis", "result", "a result")
    assert (one.engagement, one.period_start.month) == (world.alpha_engagement, 12)
    assert entry(Event.RECOMPUTED).detail["differing"] == 1


def test_a_month_whose_table_is_gone_is_told_and_the_others_come_out(
    world: World, own_storage: Path
) -> None:
    two_months(world)
    table = SubmittedTable.objects.filter(listing="queries").earliest("pk")
    (own_storage / storage.address(table.sha256)).write_bytes(b"something else")
    row = done(asked(world, scope=world.study))
    part = row.parts.get()
    assert (part.again, part.differing, part.not_possible) == (1, 0, 1)
    difference = RecomputedDifference.objects.get()
    assert "is not what was sealed" in difference.sentence
    assert (difference.study, difference.period_start.month) == (world.study, 11)


def test_an_update_computes_what_was_chosen_later_and_keeps_the_earlier(world: World) -> None:
    two_months(world)
    before = {one.period_start: one.run_id for one in CurrentRun.objects.filter(study=world.study)}
    assert [part.differing for part in done(asked(world, "update")).parts.all()] == [0]
    ChosenKpi.objects.create(
        engagement=world.alpha_engagement,
        slug="query-reopen-rate",
        from_month=date(2025, 12, 1),
        chosen_by=world.sam,
        chosen_at=NOW,
    )
    row = done(asked(world, "update", reason="A KPI was chosen."))
    (part,) = row.parts.all()
    assert (part.again, part.differing, part.not_possible) == (1, 1, 0)
    after = {one.period_start: one for one in CurrentRun.objects.filter(study=world.study)}
    assert after[date(2025, 11, 1)].run_id == before[date(2025, 11, 1)]
    newer = after[date(2025, 12, 1)]
    assert newer.run_id != before[date(2025, 12, 1)]
    assert newer.run.results.filter(definition__slug="query-reopen-rate").exists()
    assert SnapshotRun.objects.filter(pk=before[date(2025, 12, 1)]).exists()
    change = Change.objects.filter(
        table_name="kpis_currentrun", object_id=str(newer.pk), operation="update"
    ).latest("pk")
    assert change.reason == "A KPI was chosen."
    listed = RecomputedDifference.objects.filter(part=part, slug="query-reopen-rate", country="")
    assert {(one.what, one.stored) for one in listed} >= {("rag", None)}


def test_a_part_is_done_once_and_never_by_two_at_a_time(world: World) -> None:
    two_months(world)
    part_id, other = unfinished(asked(world).pk)
    lock = "SELECT pg_try_advisory_lock(hashtext('recomputed part'), %s)"
    with another_session() as cursor:
        cursor.execute(lock, [part_id])
        assert not recompute_part(part_id=part_id, worker="here", clock=lambda: LATER)
        cursor.execute("SELECT pg_advisory_unlock_all()")
    assert recompute_part(part_id=part_id, worker="here", clock=lambda: LATER)
    assert not recompute_part(part_id=part_id, worker="here", clock=lambda: LATER)
    assert recompute_part(part_id=other, worker="here", clock=lambda: LATER)


def test_what_was_lost_is_handed_out_again_and_what_is_at_work_is_not(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    two_months(world)
    row = asked(world)
    soon, later = LATER + timedelta(minutes=1), LATER + timedelta(minutes=5)
    for now, saying, expected in ((soon, False, 0), (later, True, 0), (later, False, 1)):
        progress.finish(job_name(row.pk))
        if saying:
            progress.report(job_name(row.pk), "NWT-301", 0.0)
        with django_capture_on_commit_callbacks() as enqueued:
            sweep(now=now)
        assert len(enqueued) == expected
    done(row)
    with django_capture_on_commit_callbacks() as enqueued:
        sweep(now=later)
    assert enqueued == []
