"""Stand between the launcher and a command that may not end when it is told to.

A Celery worker whose Redis has just gone can wait for ever in its own shutdown, and its pool with
it. The guard leads the group, passes signals on, and ends the whole group by force when the firm
signal, which it also gets from the kernel when the launcher dies, has not done so in time.
Run as `python -m oversight.launcher.guard COMMAND...`.
"""

import os
import signal
import subprocess
import sys
from types import FrameType

from oversight.launcher.processes import die_with_parent

SECONDS_TO_END = 4


def main(command: list[str]) -> int:
    """Run the command and return its exit status."""
    os.nice(10)  # pages go before jobs on a small machine
    process = subprocess.Popen(command, preexec_fn=die_with_parent(signal.SIGQUIT))  # noqa: S603  (our own command)

    def politely(number: int, _frame: FrameType | None) -> None:
        process.send_signal(number)

    def firmly(number: int, _frame: FrameType | None) -> None:
        process.send_signal(number)
        signal.alarm(SECONDS_TO_END)

    def by_force(_number: int, _frame: FrameType | None) -> None:
        os.killpg(0, signal.SIGKILL)

    signal.signal(signal.SIGTERM, politely)
    signal.signal(signal.SIGQUIT, firmly)
    signal.signal(signal.SIGALRM, by_force)
    return process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
