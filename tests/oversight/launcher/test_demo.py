"""`make demo`, started for real: ready, kept over a crash, gone when told, no child left."""

import http.client
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from oversight.launcher.application import prepare, sign_ins
from oversight.launcher.errors import LauncherError
from oversight.launcher.state import State
from tests.oversight.launcher.conftest import Launch, processes_of

READY = re.compile(r"Ready: http://127\.0\.0\.1:(\d+)/")


@pytest.fixture
def demo(launch: Launch, state: State) -> Iterator[Launch]:
    """Start the demo and return it once it says that it is ready."""

    def start(**variables: str) -> "subprocess.Popen[str]":
        return launch("demo", **variables)

    yield start
    assert not processes_of(state)


def read_until_ready(process: "subprocess.Popen[str]") -> tuple[str, int]:
    """Return what it printed and its port."""
    assert process.stdout is not None
    printed = ""
    for line in process.stdout:
        printed += line
        if found := READY.search(line):
            return printed, int(found.group(1))
    raise AssertionError(f"It never was ready: {printed}")


def answer(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def wait_until_nobody_is_left(state: State) -> None:
    end = time.monotonic() + 30
    while left := processes_of(state):
        assert time.monotonic() < end, left
        time.sleep(0.2)


def worker_of(state: State) -> int:
    """Return the process id of the guarded worker's guard."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes()
            environment = (folder / "environ").read_bytes()
        except OSError:
            continue
        if b"oversight.launcher.guard" in words and str(state.root).encode() in environment:
            return int(folder.name)
    raise AssertionError("There is no worker.")


def test_the_demo_starts_survives_a_kill_and_ends_when_told(demo: Launch, state: State) -> None:
    killed = demo()
    printed, port = read_until_ready(killed)
    assert "Oversight manager" in printed
    assert "CRO project manager" in printed
    assert answer(port, "/health/") == 200
    assert answer(port, "/accounts/login/") == 200
    key = state.secret_key_file.read_text()
    killed.kill()
    killed.wait()
    wait_until_nobody_is_left(state)

    ended = demo()
    printed, port = read_until_ready(ended)
    assert state.secret_key_file.read_text() == key
    assert answer(port, "/health/") == 200
    ended.send_signal(signal.SIGINT)
    output, _ = ended.communicate(timeout=60)
    assert output == "Stopped.\n"
    assert ended.returncode == 0
    wait_until_nobody_is_left(state)


def test_a_child_that_crashes_stops_everything_with_one_sentence(
    demo: Launch, state: State
) -> None:
    process = demo()
    read_until_ready(process)
    os.kill(worker_of(state), signal.SIGKILL)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert output.startswith("The worker process stopped unexpectedly (exit status -9): read ")
    assert str(state.logs / "worker.log") in output
    assert output.count("\n") == 1


def test_what_manage_cannot_do_is_said_with_its_log(state: State) -> None:
    environment = {
        **os.environ,
        "OVERSIGHT_MODE": "demo",
        "DATABASE_URL": f"postgresql://nobody@/none?host={state.root}",
        "STATIC_ROOT": str(state.static),
        "STORAGE_ROOT": str(state.storage),
    }
    with pytest.raises(LauncherError, match=r"The migration failed .*migrate\.log"):
        prepare(state, environment, {})
    with pytest.raises(LauncherError, match="The sign-ins could not be listed"):
        sign_ins({**environment, "OVERSIGHT_MODE": "nonsense"})
