"""A short run of the fuzzer at every level; `make fuzz` runs thousands."""

from pathlib import Path

import pytest

from benchmarks.fuzz import run
from benchmarks.mutations import LEVELS

FILES = 40


@pytest.mark.parametrize("level", LEVELS)
def test_spoilt_files_are_taken_whole_or_refused(tmp_path: Path, level: str) -> None:
    assert run(level, FILES, tmp_path).ends.total() >= FILES / 2
