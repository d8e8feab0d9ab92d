"""Child processes: told politely, then firmly, then ended; what failed is named with its log."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from oversight.launcher.errors import LauncherError
from oversight.launcher.processes import Command, run_to_end, running, wait_until
from oversight.launcher.state import PROJECT


def command(folder: Path, script: str, *, grace: float = 0.3) -> Command:
    return Command(
        name="The test process",
        arguments=["sh", "-c", script],
        environment=os.environ,
        log=folder / "test.log",
        folder=folder,
        firm=signal.SIGQUIT,
        grace=grace,
    )


def wait_for_log(folder: Path, text: str) -> None:
    end = time.monotonic() + 20
    while text not in (folder / "test.log").read_text():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_polite_request_is_enough(tmp_path: Path) -> None:
    with running(
        command(tmp_path, "trap 'exit 5' TERM; echo up; while :; do sleep 0.05; done")
    ) as child:
        wait_for_log(tmp_path, "up")
    assert child.process.returncode == 5


def test_what_does_not_listen_is_ended_with_its_children(tmp_path: Path) -> None:
    script = "trap '' TERM QUIT; sleep 300 & echo $! > child; echo up; while :; do sleep 0.05; done"
    with running(command(tmp_path, script)) as child:
        wait_for_log(tmp_path, "up")
    assert child.process.returncode == -signal.SIGKILL
    grandchild = int((tmp_path / "child").read_text())
    end = time.monotonic() + 5
    while Path(f"/proc/{grandchild}/exe").exists():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_failure_names_the_log_and_the_log_before_is_kept(tmp_path: Path) -> None:
    run_to_end(command(tmp_path, "echo first"))
    with pytest.raises(
        LauncherError, match=r"The test process failed \(exit status 4\): read .*test\.log"
    ):
        run_to_end(command(tmp_path, "echo second; exit 4"))
    assert (tmp_path / "test.log").read_text() == "second\n"
    assert (tmp_path / "test.previous.log").read_text() == "first\n"


def test_waiting_ends_when_the_process_does_or_time_is_up(tmp_path: Path) -> None:
    with (
        running(command(tmp_path, "exit 1")) as child,
        pytest.raises(LauncherError, match="stopped unexpectedly"),
    ):
        wait_until(lambda: False, child, seconds=20)
    with (
        running(command(tmp_path, "exec sleep 300")) as child,
        pytest.raises(LauncherError, match="was not ready after 0 seconds"),
    ):
        wait_until(lambda: False, child, seconds=0.1)


def test_a_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    absent = Command(
        name="The web process",
        arguments=[str(tmp_path / "absent")],
        environment={},
        log=tmp_path / "test.log",
        folder=tmp_path,
    )
    with pytest.raises(LauncherError, match=r"could not be started .* run `make setup`"):
        run_to_end(absent)


def test_a_guarded_command_that_does_not_listen_is_ended_in_time(tmp_path: Path) -> None:
    deaf = "import signal, time; signal.signal(3, signal.SIG_IGN); print('up'); time.sleep(300)"
    guarded = Command(
        name="The guard",
        arguments=[
            sys.executable,
            "-m",
            "oversight.launcher.guard",
            sys.executable,
            "-u",
            "-c",
            deaf,
        ],
        environment={**os.environ, "PYTHONPATH": str(PROJECT)},
        log=tmp_path / "test.log",
        folder=tmp_path,
        polite=signal.SIGQUIT,
        grace=20,
    )
    began = time.monotonic()
    with running(guarded) as child:
        wait_for_log(tmp_path, "up")
    assert child.process.returncode == -signal.SIGKILL
    assert time.monotonic() - began < 15
