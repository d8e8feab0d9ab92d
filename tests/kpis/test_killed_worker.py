"""A worker that dies during a check or a computation leaves nothing half done; another does it."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.db import connection, connections

from kpis.models import Check, CurrentRun, KpiResult, Problem, SnapshotRun, SubmittedTable
from kpis.submissions.check import job_name
from kpis.submissions.decide import accept
from kpis.submissions.states import State
from kpis.tasks import sweep
from oversight import progress
from tests.kpis.makers import GOOD_ROWS, NOW, csv_bytes, fresh, received, submitted
from tests.people import make_world
from tests.servers import running_worker
from vendors.access import actor_of

ROWS = 60_000


def wait_until(ready: Callable[[], object], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "It took too long."
        time.sleep(0.01)


def large_listing() -> bytes:
    """Return enough rows for a check that lasts seconds."""
    template = GOOD_ROWS[0].replace("Subject 1", "Subject {}")
    return csv_bytes(*(template.format(place) for place in range(ROWS)))


@pytest.mark.usefixtures("committed_db")
def test_a_killed_worker_leaves_nothing_half_stored_and_another_completes(
    own_storage: Path,
) -> None:
    with running_worker(own_storage) as worker:
        submission = received(make_world(), large_listing())
        wait_until(lambda: progress.of(job_name(submission)), 30)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(10)
    assert fresh(submission).state == State.RECEIVED
    for model in (Check, Problem, SubmittedTable):
        assert not model.objects.exists()

    # Two minutes pass: what the dead worker said last is forgotten.
    progress.finish(job_name(submission))
    with running_worker(own_storage):
        sweep()
        wait_until(lambda: fresh(submission).state == State.CHECKED, 60)
    assert Check.objects.count() == 1
    assert SubmittedTable.objects.get().row_count == ROWS


@contextmanager
def pointers_held() -> Iterator[None]:
    """Hold the table that a computation writes last: it waits there, all its results inserted."""
    parameters = connections["default"].get_connection_params()
    holder = psycopg2.connect(
        **{
            name: value
            for name, value in parameters.items()
            if name not in {"context", "cursor_factory"}
        }
    )
    with holder.cursor() as cursor:
        cursor.execute("LOCK TABLE kpis_currentrun IN ACCESS EXCLUSIVE MODE")
    yield
    holder.close()


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.usefixtures("committed_db")
def test_a_killed_computation_leaves_no_result_and_another_completes(own_storage: Path) -> None:
    world = make_world()
    submission = submitted(world)
    with running_worker(own_storage) as worker, pointers_held():
        accept(actor=actor_of(world.sam), submission=submission, comment="", now=NOW)
        wait_until(somebody_waits, 60)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(10)
    # Only once the lock is gone does the server notice that nobody is there any more.
    wait_until(lambda: not somebody_waits(), 60)
    for model in (SnapshotRun, KpiResult, CurrentRun):
        assert not model.objects.exists()

    with running_worker(own_storage):
        sweep()
        sweep()
        wait_until(lambda: CurrentRun.objects.count() == 2, 60)
    assert SnapshotRun.objects.count() == 2  # the study's and the engagement's, once each
    scopes = KpiResult.objects.values_list("run", "definition", "country")
    assert len(scopes) == len(set(scopes)) > 0
