"""A pack from request to verification through a real worker; and one whose worker was killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from inspection.models import InspectionExport
from inspection.pack import verify
from inspection.tasks import build_export
from tests.inspection.pack.making import add_sites, ask, saved, send
from tests.people import make_world
from tests.servers import running_worker

SECONDS = 90


def wait_for(export: InspectionExport, *states: str) -> InspectionExport:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        export.refresh_from_db()
        if export.state in states:
            return export
        time.sleep(0.05)
    raise AssertionError(f"The pack is still {export.state} after {SECONDS} s.")


@pytest.mark.usefixtures("committed_db")
def test_a_worker_builds_what_was_asked_for_and_a_killed_one_is_made_up_for(
    own_storage: Path, tmp_path: Path
) -> None:
    world = make_world()
    add_sites(world.study)
    send(world, old=6)
    with running_worker(own_storage) as worker:
        export = wait_for(ask(world, world.study), "ready", "failed")
        assert export.error == ""
        pack = saved(export, tmp_path)
        command = [sys.executable, "-I", "-S", verify.__file__, str(pack)]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0
        second = wait_for(ask(world, world.study), "building", "ready")
        os.killpg(worker.pid, signal.SIGKILL)
    build_export(export_id=second.pk)
    second.refresh_from_db()
    assert (second.state, second.sha256) == ("ready", export.sha256)
