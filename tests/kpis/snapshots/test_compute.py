"""Computing results: once per inputs, superseded results stay, one run is current per scope."""

import threading
from datetime import date

import pytest
from django.db import connections

from kpis.models import CurrentRun, KpiResult, SnapshotRun
from kpis.snapshots.compute import compute_for
from kpis.tasks import compute_snapshot
from tests.kpis.makers import GOOD_ROWS, NOW, accepted, checked, csv_bytes
from tests.people import World, make_world

LATER = csv_bytes(*GOOD_ROWS[:2])


def study_value(run: SnapshotRun) -> float | None:
    found: float | None = KpiResult.objects.get(
        run=run, country="", definition__slug="query-aging"
    ).denominator
    return found


def test_computing_twice_leaves_one_current_run_per_scope(world: World) -> None:
    submission = accepted(world)
    compute_snapshot(submission.pk)
    compute_snapshot(submission.pk)
    assert SnapshotRun.objects.count() == 2  # of the study, and of the engagement
    assert CurrentRun.objects.count() == 2
    assert KpiResult.objects.filter(country="", definition__slug="query-aging").count() == 2


def test_what_was_not_accepted_is_not_computed(world: World) -> None:
    submission = checked(world)
    assert compute_for(submission=submission, now=NOW) == []


def test_a_superseding_submission_keeps_both_results(world: World) -> None:
    first = accepted(world)
    (old, _) = compute_for(submission=first, now=NOW)
    second = accepted(world, LATER)
    (new, _) = compute_for(submission=second, now=NOW)
    assert (study_value(old), study_value(new)) == (3, 2)
    current = CurrentRun.objects.get(study=world.study, period_start=date(2025, 11, 1))
    assert current.run == new
    assert compute_for(submission=first, now=NOW) == []  # no longer the accepted one
    current.refresh_from_db()
    assert current.run == new


@pytest.mark.usefixtures("committed_db")
def test_two_workers_side_by_side_leave_one_current_run() -> None:
    submission = accepted(make_world())
    start = threading.Barrier(2)
    failures: list[BaseException] = []

    def work() -> None:
        try:
            start.wait(timeout=20)
            compute_for(submission=submission, now=NOW)
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    assert SnapshotRun.objects.count() == 2
    assert CurrentRun.objects.count() == 2
    assert KpiResult.objects.filter(country="", definition__slug="query-aging").count() == 2
