"""A worker that dies amid a part leaves it to another; two at once never do the same part."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from kpis.models import Recomputation, RecomputedPart
from kpis.recomputing.ending import job_name
from kpis.recomputing.work import recompute_part, unfinished
from kpis.tasks import sweep
from oversight import progress
from oversight.audit_trail.models import AuditTrailEntry, Change
from tests.kpis.recomputing.makers import LATER, asked, two_months
from tests.kpis.recomputing.test_work import another_session
from tests.kpis.test_killed_worker import somebody_waits, wait_until
from tests.people import make_world
from tests.servers import running_worker


@contextmanager
def ends_held() -> Iterator[None]:
    """Hold the row that a part takes at its end: it waits there, with all of it computed."""
    with another_session() as cursor:
        cursor.execute("SELECT * FROM kpis_recomputation FOR UPDATE")
        yield


def fresh(row: Recomputation) -> Any:
    return Recomputation.objects.get(pk=row.pk)


def ends() -> int:
    return AuditTrailEntry.objects.filter(event="recomputed").count()


@pytest.mark.usefixtures("committed_db")
def test_a_killed_worker_loses_nothing_and_another_completes(own_storage: Path) -> None:
    world = make_world()
    two_months(world)
    row = asked(world)
    with running_worker(own_storage) as worker, ends_held():
        wait_until(somebody_waits, 60)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(10)
    wait_until(lambda: not somebody_waits(), 60)
    assert len(unfinished(row.pk)) == 2
    (begun,) = RecomputedPart.objects.filter(begun_at__isnull=False)
    assert "process" in begun.worker

    progress.finish(job_name(row.pk))  # two minutes pass
    with running_worker(own_storage):
        sweep()
        sweep()
        wait_until(lambda: fresh(row).finished_at, 60)
    assert [(part.again, part.differing) for part in row.parts.all()] == [(2, 0)] * 2
    assert ends() == 1


@pytest.mark.usefixtures("committed_db")
def test_two_at_once_do_each_part_once() -> None:
    world = make_world()
    two_months(world)
    row = asked(world)
    parts = unfinished(row.pk)
    start = threading.Barrier(2)
    outcomes: list[bool | BaseException] = []

    def work() -> None:
        try:
            start.wait(timeout=20)
            for part_id in parts:
                name = threading.current_thread().name
                outcomes.append(recompute_part(part_id=part_id, worker=name, clock=lambda: LATER))
        except BaseException as error:
            outcomes.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(map(str, outcomes)) == ["False", "False", "True", "True"]
    assert fresh(row).finished_at == LATER
    assert ends() == 1
    begun = Change.objects.filter(table_name="kpis_recomputedpart", operation="update")
    assert begun.count() == 2 * len(parts)  # each was begun and finished once
