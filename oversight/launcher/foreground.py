"""Run one command at the terminal while the servers are up; its exit status becomes ours."""

import contextlib
import shutil
import signal
import subprocess
from collections.abc import Mapping

from oversight.launcher.errors import LauncherError
from oversight.launcher.processes import die_with_parent
from oversight.launcher.state import PROJECT
from oversight.launcher.stopping import Stopped

SECONDS_TO_END = 15


def run_in_foreground(command: list[str], environment: Mapping[str, str]) -> int:
    """Run the command with this terminal and return its exit status.

    Ctrl-C reaches it as it reaches the launcher, so it is left to end in its own way; any other
    request to stop is passed on. Either way it is killed when it takes longer than allowed.
    """
    if shutil.which(command[0], path=environment.get("PATH")) is None:
        raise LauncherError(f"There is no command {command[0]!r}: check its spelling.")
    process = subprocess.Popen(  # noqa: S603 - what the person typed, no shell
        command, cwd=PROJECT, env=dict(environment), preexec_fn=die_with_parent(signal.SIGTERM)
    )
    try:
        status = process.wait()
    except Stopped as stopped:
        if stopped.number != signal.SIGINT:
            process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(SECONDS_TO_END)
        raise
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    return status if status >= 0 else 128 - status
