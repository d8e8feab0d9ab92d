"""Reading in a process of its own, so that no file can take the worker down with it.

The worker forks: what it has loaded is there at once, and reading starts no slower. The child may
use so much memory and time and no more; it hands the result over in a file, tells how far it is
through a pipe, and touches nothing else that it inherited. What kills it is a problem of the file.
"""

import contextlib
import gc
import json
import os
import pickle
import resource
import select
import signal
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from kpis.submissions.reading.limits import IntakeLimits
from kpis.submissions.reading.outcome import ReadResult, SourceFile
from kpis.submissions.reading.problems import Problem
from kpis.submissions.reading.reader import Progress, read_submission

RESULT = "result"
TOO_HEAVY = 3  # what a child exits with for want of memory
# What ends a child when memory cannot be had: its own libraries, or the system.
SIGNALS_OF_WANT = frozenset({signal.SIGABRT, signal.SIGKILL})
CONTROLS = (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1)
# A child is stopped by the clock; this is for one whose worker was killed meanwhile.
SPARE_SECONDS = 10


class ReadingFailed(Exception):
    """Reading raised something that is our fault; carries the child's traceback."""


@dataclass(frozen=True)
class _End:
    """How a child ended: its exit code, or minus the signal; late ones were stopped."""

    code: int
    late: bool
    fault: dict[str, Any]


def read_apart(
    files: Sequence[SourceFile],
    *,
    limits: IntakeLimits,
    progress: Progress,
    read: Callable[..., ReadResult] = read_submission,
    **rest: Any,
) -> ReadResult:
    """Read as read_submission does, in a child process; takes what that takes.

    Raises OSError where the child did (a full disk), ReadingFailed for any other fault of ours.
    """
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        end = _run(Path(folder), files, limits, progress, partial(read, **rest))
        if end.code == 0:
            with (Path(folder) / RESULT).open("rb") as stream:
                # Written by our own child a moment ago, in a folder that only we may enter.
                result: ReadResult = pickle.load(stream)  # noqa: S301
            return result
    if end.fault.get("errno"):
        raise OSError(end.fault["errno"], end.fault["text"])
    if end.fault:
        raise ReadingFailed(end.fault["text"])
    problem = _why(end, limits)
    names = tuple(file.name for file in files)
    return ReadResult(tables={}, problems=(problem,), sheets=(), file_names=names)


def _why(end: _End, limits: IntakeLimits) -> Problem:
    if end.late or -end.code == signal.SIGXCPU:
        return Problem(
            "file-too-slow",
            f"Reading took longer than the {limits.max_seconds:,} seconds that a file may take, so"
            " it was stopped and nothing was taken. Send the report alone, as CSV or in a new"
            " workbook, or split it.",
        )
    if end.code == TOO_HEAVY or -end.code in SIGNALS_OF_WANT:
        return Problem(
            "file-too-heavy",
            "Reading needed more memory than a file may take, so it was stopped and nothing was"
            " taken. Send the report alone, as CSV or in a new workbook, or split it.",
        )
    return Problem(
        "file-unreadable",
        "The file broke off its reading. Open it in Excel, save it as a new workbook (.xlsx), and"
        " send that file.",
    )


def _run(
    folder: Path,
    files: Sequence[SourceFile],
    limits: IntakeLimits,
    progress: Progress,
    read: Callable[..., ReadResult],
) -> _End:
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Python 3.12 warns of forking beside threads. Those of numpy and Arrow take care of it
        # themselves, and a worker of Celery's prefork pool has no others.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        os.close(reading)
        _child(folder, writing, files, limits, read)
    os.close(writing)
    status: int | None = None
    seconds = limits.max_seconds * max(len(files), 1)
    fault: dict[str, Any] = {}
    late = True
    try:
        for message in _messages(reading, until=time.monotonic() + seconds):
            if "text" in message:
                fault = message
            elif message:
                progress(message["step"], message["share"])
            else:
                late = False
        if late:
            os.kill(pid, signal.SIGKILL)
        status = os.waitpid(pid, 0)[1]
    finally:
        os.close(reading)
        if status is None:  # we are being stopped ourselves
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    return _End(os.waitstatus_to_exitcode(status), late, fault)


def _messages(pipe: int, *, until: float) -> Iterator[dict[str, Any]]:
    """Yield what the child tells; an empty message once it has ended, nothing more when late."""
    pending = b""
    while (left := until - time.monotonic()) > 0:
        if not select.select([pipe], [], [], left)[0]:
            return
        piece = os.read(pipe, 1 << 16)
        *lines, pending = (pending + piece).split(b"\n")
        yield from (json.loads(line) for line in lines)
        if not piece:
            yield {}
            return


def _child(
    folder: Path,
    pipe: int,
    files: Sequence[SourceFile],
    limits: IntakeLimits,
    read: Callable[..., ReadResult],
) -> NoReturn:
    """Read, hand over, and end at once, whatever happens: nothing of the worker may run twice."""
    code = 1
    try:
        for control in CONTROLS:
            signal.signal(control, signal.SIG_DFL)
        gc.disable()  # short-lived, and collecting would copy every page it shares
        _limit(limits, len(files))

        def tell(step: str, share: float) -> None:
            os.write(pipe, json.dumps({"step": step, "share": share}).encode() + b"\n")

        result = read(files, limits=limits, progress=tell)
        with (folder / RESULT).open("wb") as stream:
            pickle.dump(result, stream, protocol=pickle.HIGHEST_PROTOCOL)
        code = 0
    except MemoryError:
        code = TOO_HEAVY
    except BaseException as error:
        fault = {"text": traceback.format_exc()[-4000:], "errno": getattr(error, "errno", None)}
        with contextlib.suppress(OSError):
            os.write(pipe, json.dumps(fault).encode() + b"\n")
    finally:
        os._exit(code)


def _limit(limits: IntakeLimits, files: int) -> None:
    """Bound what this process may take from now on; where a limit is lower already, it stays."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    for what, most in (
        (resource.RLIMIT_AS, pages * resource.getpagesize() + limits.max_memory_bytes),
        (resource.RLIMIT_CPU, 4 * limits.max_seconds * max(files, 1) + SPARE_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (soft, hard))
