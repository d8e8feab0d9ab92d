"""A file that takes too long, too much or the whole process ends in one plain problem."""

import contextlib
import faulthandler
import os
import resource
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kpis.submissions.reading import IntakeLimits, ReadResult, SourceFile
from kpis.submissions.reading.apart import ReadingFailed, read_apart
from tests.kpis.submissions.reading.builders import read, row, write_workbook


def made_to(act: Callable[[], Any], *, limits: IntakeLimits | None = None) -> ReadResult:
    """Let the child do what a hostile file would make it do."""
    return read_apart(
        [SourceFile(Path("a.csv"), "a.csv")],
        limits=limits or IntakeLimits(),
        progress=lambda step, share: None,
        read=lambda files, **rest: act(),
    )


def test_it_reads_what_is_read_in_place_and_tells_how_far_it_is(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [row(), row(site=None)])
    steps: list[tuple[str, float]] = []

    result = read_apart(
        [SourceFile(path, path.name)],
        listings=["queries", "participants"],
        limits=IntakeLimits(),
        progress=lambda step, share: steps.append((step, share)),
    )

    plain = read(path)
    assert result.problems == plain.problems
    assert result.tables["queries"].equals(plain.tables["queries"])
    assert steps[0] == ("reading", 0.3)
    assert steps[-1] == ("checking", 1.0)


def children() -> set[str]:
    """The processes this one has started; other tests of the run may have some of their own."""
    mine = f"PPid:\t{os.getpid()}\n"
    found = set()
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has just ended
            if mine in status.read_text():
                found.add(status.parent.name)
    return found


def test_a_file_that_takes_too_long_is_stopped() -> None:
    before = children()
    result = made_to(lambda: time.sleep(60), limits=IntakeLimits(max_seconds=1))

    assert [problem.rule for problem in result.problems] == ["file-too-slow"]
    assert "1 seconds" in result.problems[0].sentence
    assert children() <= before  # nothing is left behind


def test_a_file_that_takes_too_much_memory_is_refused_and_the_worker_lives() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)

    result = made_to(
        lambda: bytearray(400_000_000), limits=IntakeLimits(max_memory_bytes=200_000_000)
    )

    assert [problem.rule for problem in result.problems] == ["file-too-heavy"]
    assert resource.getrlimit(resource.RLIMIT_AS) == before


@pytest.mark.parametrize(
    ("by", "rule"),
    [
        (signal.SIGKILL, "file-too-heavy"),
        (signal.SIGABRT, "file-too-heavy"),
        (signal.SIGSEGV, "file-unreadable"),
    ],
)
def test_a_file_that_kills_its_reader_is_refused(
    by: signal.Signals,
    rule: str,
) -> None:
    def die() -> None:
        faulthandler.disable()
        os.kill(os.getpid(), by)

    result = made_to(die)

    assert [problem.rule for problem in result.problems] == [rule]
    assert result.tables == {}


def test_a_fault_of_ours_is_told_as_one() -> None:
    def fail() -> None:
        raise KeyError("nothing")

    with pytest.raises(ReadingFailed, match="KeyError: 'nothing'"):
        made_to(fail)


def test_a_full_disk_is_raised_as_such(tmp_path: Path) -> None:
    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        (tmp_path / "full").write_bytes(bytes(5000))

    with pytest.raises(OSError, match="File too large"):
        made_to(fill)
