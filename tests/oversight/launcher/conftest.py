"""Real servers in state folders of their own; what a test leaves is ended and removed."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from oversight.launcher.identity import server_identity
from oversight.launcher.servers import reset
from oversight.launcher.state import PROJECT, State, open_state, servers_home

Launch = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def without_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the servers this very test run uses: the launcher is to start its own."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "OVERSIGHT_STATE", "PORT"):
        monkeypatch.delenv(name, raising=False)
    for name in ("OVERSIGHT_MODE", "SECRET_KEY", "STORAGE_ROOT", "STATIC_ROOT", "MAKEFLAGS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def state(without_addresses: None) -> Iterator[State]:
    """A state folder that the servers' user can enter."""
    folder = Path(tempfile.mkdtemp(prefix="oversight-test-"))
    folder.chmod(0o711)
    made = open_state(folder / "state")
    yield made
    reset(made)
    shutil.rmtree(folder)


@pytest.fixture
def launch(state: State) -> Iterator[Launch]:
    """Start the launcher as a person does, with this test's state folder."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str, **variables: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "oversight.launcher", *arguments],
            cwd=PROJECT,
            env={**os.environ, "OVERSIGHT_STATE": str(state.root), **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.terminate()
        process.communicate(timeout=60)
    if (state.root / "test").exists():
        reset(State(state.root / "test"))


def processes_of(state: State) -> list[str]:
    """Return the command lines of every process that names the state folder or works in it."""
    marks = {str(state.root), str(servers_home(state, server_identity()))}
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
            place = str((folder / "cwd").readlink())
        except OSError:
            continue
        named = any(mark.encode() in words for mark in marks)
        if int(folder.name) != os.getpid() and (named or place.startswith(tuple(marks))):
            found.append((folder / "cmdline").name + words.decode(errors="replace")[:200])
    return found
