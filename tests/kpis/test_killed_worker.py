"""A worker that dies during a check leaves the submission as it was; another one checks it."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kpis.models import Check, Problem, SubmittedTable
from kpis.submissions.check import job_name
from kpis.submissions.states import State
from kpis.tasks import sweep
from oversight import progress
from tests.kpis.makers import GOOD_ROWS, csv_bytes, fresh, received
from tests.people import make_world
from tests.servers import running_worker

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
