"""The launcher as a person meets it: each failure is one sentence, nothing outlives it."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oversight.launcher.__main__ import main
from oversight.launcher.application import PORTS, free_port
from oversight.launcher.errors import LauncherError
from oversight.launcher.identity import Identity, server_identity
from oversight.launcher.state import PROJECT, State, locked, open_state, private_folder, secret_key
from oversight.launcher.stopping import Stopped, stoppable
from tests.oversight.launcher.conftest import Launch, processes_of


@pytest.fixture
def here(state: State, monkeypatch: pytest.MonkeyPatch) -> State:
    """Let this very process use the test's state folder."""
    monkeypatch.setenv("OVERSIGHT_STATE", str(state.root))
    return state


def wait_for(folder: Path, name: str) -> None:
    end = time.monotonic() + 30
    while not (folder / name).exists():
        assert time.monotonic() < end, f"{name} did not appear"
        time.sleep(0.05)


def wait_until_nobody_is_left(state: State) -> None:
    end = time.monotonic() + 20
    while left := processes_of(state):
        assert time.monotonic() < end, left
        time.sleep(0.1)


def test_run_gives_the_command_the_addresses_and_returns_its_status(
    here: State, tmp_path: Path
) -> None:
    target = tmp_path / "seen"
    script = f'echo "$OVERSIGHT_MODE $DATABASE_URL $REDIS_URL" > {target}; exit 3'
    assert main(["run", "--", "sh", "-c", script]) == 3
    mode, database, redis = target.read_text().split()
    assert mode == "test"
    assert database.startswith("postgresql://oversight_app@/oversight?host=")
    assert redis.startswith("unix:///")
    assert main(["reset"]) == 0


def test_a_command_ended_by_a_signal_gives_the_shells_status(here: State) -> None:
    assert main(["run", "--", "sh", "-c", "kill -TERM $$"]) == 128 + signal.SIGTERM


def test_test_runs_pytest(here: State) -> None:
    assert main(["test", "--", "--version"]) == 0


def test_reset_removes_what_is_ours_and_nothing_else(here: State) -> None:
    (here.root / "mine.txt").write_text("kept")
    (here.storage / "original").write_text("removed")
    secret_key(here)
    assert main(["reset"]) == 0
    assert {path.name for path in here.root.iterdir()} == {"lock", "mine.txt"}


@pytest.mark.parametrize("arguments", [[], ["start"], ["run"], ["run", "--"], ["run", "ls"]])
def test_it_says_how_it_is_used(arguments: list[str]) -> None:
    with pytest.raises(LauncherError, match="Usage: "):
        main(arguments)


def test_an_unknown_command_is_said(here: State) -> None:
    with pytest.raises(LauncherError, match="There is no command 'no-such-command'"):
        main(["run", "--", "no-such-command"])


@pytest.mark.parametrize("command", [["demo"], ["reset"]])
def test_a_second_copy_is_refused(here: State, command: list[str]) -> None:
    with (
        locked(here),
        pytest.raises(LauncherError, match=rf"Another copy .process {os.getpid()}"),
    ):
        main(command)


def test_a_failure_at_the_terminal_is_one_sentence(launch: Launch, state: State) -> None:
    with locked(state):
        process = launch("demo")
        output, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert output.count("\n") == 1
    assert output.startswith("Another copy")
    assert "Traceback" not in output


def test_an_unwritable_folder_is_said(without_addresses: None, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LauncherError, match=r"cannot be written .* set OVERSIGHT_STATE"):
        open_state(tmp_path / "file" / "state")


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    stranger = Identity(os.geteuid() + 1, os.getegid(), switches=False)
    (tmp_path / "sockets").mkdir()
    with pytest.raises(LauncherError, match="belongs to another user"):
        private_folder(tmp_path / "sockets", stranger)
    (tmp_path / "link").symlink_to(tmp_path / "sockets")
    with pytest.raises(LauncherError, match="belongs to another user"):
        private_folder(tmp_path / "link", server_identity())


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "The embedded PostgreSQL is not installed: run `make setup`"),
        ({"DATABASE_URL": "postgresql://a@b/c"}, "No Redis runs here: install one"),
    ],
)
def test_a_missing_server_is_one_sentence(
    state: State, given: dict[str, str], sentence: str
) -> None:
    variables = {**given, "OVERSIGHT_STATE": str(state.root), "PATH": str(state.root)}
    answer = subprocess.run(  # -S: as if no package were installed
        [sys.executable, "-S", "-m", "oversight.launcher", "run", "--", "true"],
        cwd=PROJECT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith(sentence)
    assert answer.stderr.count("\n") == 1


def test_a_port_is_found_and_a_taken_one_is_refused() -> None:
    assert free_port(None) in PORTS
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with pytest.raises(LauncherError, match=f"Port {port} is in use: set PORT"):
            free_port(port)
    assert free_port(port) == int(port)
    for nonsense in ("web", "0", "65536", "-1"):
        with pytest.raises(LauncherError, match="set it to a number"):
            free_port(nonsense)


def test_killed_outright_it_leaves_no_child(launch: Launch, state: State) -> None:
    process = launch("run", "--", "sh", "-c", f"touch {state.root}/up; exec sleep 300")
    wait_for(state.root, "up")
    assert len(processes_of(state)) >= 4
    process.kill()
    process.wait()
    wait_until_nobody_is_left(state)


def test_told_to_end_it_ends_the_command_and_the_servers(launch: Launch, state: State) -> None:
    process = launch("run", "--", "sh", "-c", f"touch {state.root}/up; exec sleep 300")
    wait_for(state.root, "up")
    process.terminate()
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM
    assert "Stopped." in output
    wait_until_nobody_is_left(state)


def test_ctrl_c_leaves_the_command_to_end_in_its_own_way(launch: Launch, state: State) -> None:
    ends = f"trap 'echo tidied; exit 0' INT; touch {state.root}/up; while :; do sleep 0.1; done"
    process = launch("run", "--", "sh", "-c", ends)
    wait_for(state.root, "up")
    os.killpg(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=30)
    assert "tidied" in output
    assert process.returncode == 128 + signal.SIGINT


def test_the_first_signal_stops_and_later_ones_do_not_interrupt() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with stoppable():
        with pytest.raises(Stopped) as stopped:
            signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
    assert stopped.value.number == signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) is before
