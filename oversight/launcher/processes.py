"""Start, watch and stop child processes so that none outlives the launcher.

Each child leads a session of its own (Ctrl-C reaches the launcher alone, which then stops the
children in order) and asks the kernel for a signal when the launcher dies, however it dies.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from oversight.launcher.errors import LauncherError
from oversight.launcher.identity import Identity

PR_SET_PDEATHSIG = 1  # linux/prctl.h
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Command:
    """What to run and how to end it: politely, firmly after `grace` seconds, then by force.

    The firm signal is also the one the kernel sends when the launcher dies.
    """

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    folder: Path
    identity: Identity | None = None
    polite: signal.Signals = signal.SIGTERM
    firm: signal.Signals = signal.SIGTERM
    grace: float = 8.0


@dataclass(frozen=True)
class Child:
    """A started command."""

    command: Command
    process: "subprocess.Popen[bytes]"

    def check(self) -> None:
        """Raise a sentence naming the log when the process is no longer running."""
        status = self.process.poll()
        if status is not None:
            raise LauncherError(
                f"{self.command.name} stopped unexpectedly (exit status {status}): "
                f"read {self.command.log}, mend what it names and start again."
            )


@contextlib.contextmanager
def running(command: Command) -> Iterator[Child]:
    """Run the command until the block is left, however it is left."""
    child = Child(command, _start(command))
    try:
        yield child
    finally:
        _stop(child)


def run_to_end(command: Command) -> None:
    """Run a command that ends by itself; raise a sentence naming its log when it fails."""
    with running(command) as child:
        status = child.process.wait()
    if status != 0:
        raise LauncherError(
            f"{command.name} failed (exit status {status}): "
            f"read {command.log}, mend what it names and start again."
        )


def wait_until(ready: Callable[[], bool], child: Child, *, seconds: float) -> None:
    """Return once `ready` says so; raise a sentence when the child stops or takes too long."""
    end = time.monotonic() + seconds
    while not ready():
        child.check()
        if time.monotonic() > end:
            raise LauncherError(
                f"{child.command.name} was not ready after {seconds:.0f} seconds: "
                f"read {child.command.log}."
            )
        time.sleep(0.05)


def die_with_parent(death_signal: int) -> Callable[[], None]:
    """Return a hook for the child, run after it changed user (changing user clears the request)."""
    parent = os.getpid()

    def ask_the_kernel() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, int(death_signal))
            if os.getppid() != parent:
                os._exit(1)

    return ask_the_kernel


def _start(command: Command) -> "subprocess.Popen[bytes]":
    with contextlib.suppress(FileNotFoundError):
        command.log.replace(command.log.with_suffix(".previous.log"))
    try:
        with command.log.open("wb") as log:
            return subprocess.Popen(  # noqa: S603 - commands of this package, no shell
                command.arguments,
                env=dict(command.environment),
                cwd=command.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(command.firm),
                **(command.identity.popen_arguments() if command.identity else {}),
            )
    except OSError as error:
        raise LauncherError(
            f"{command.name} could not be started ({error}): run `make setup` and start again."
        ) from None


def _stop(child: Child) -> None:
    process = child.process
    for number in (child.command.polite, child.command.firm):
        if process.poll() is not None:
            break
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(child.command.grace)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)  # the leader when it did not listen, and stragglers
    process.wait()
