"""Processes of their own: the listing is made in one, each side asked in one."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from benchmarks.page import ROOT

ROUNDS = 3


@dataclass(frozen=True)
class Run:
    """The best of ROUNDS in seconds, the most memory in bytes, and the answer."""

    seconds: float
    peak: int
    answer: pd.DataFrame


def made(rows: int, folder: Path) -> Path:
    """Make and seal the listing; return its file."""
    return Path(_python("benchmarks.ageing.made", str(rows), str(folder)).strip())


def in_turns(sides: list[tuple[str, int]], path: Path, folder: Path) -> list[Run]:
    """Ask each (side, number of months) ROUNDS times, one after the other in each round."""
    place = folder / "answer.pickle"
    found: list[list[Run]] = [[] for _ in sides]
    for _ in range(ROUNDS):
        for (side, months), runs in zip(sides, found, strict=True):
            told = json.loads(
                _python("benchmarks.ageing.work", side, str(path), str(months), str(place))
            )
            runs.append(Run(told["seconds"], told["peak"], pd.read_pickle(place)))  # noqa: S301 - our own process wrote it
    return [
        Run(min(run.seconds for run in runs), max(run.peak for run in runs), runs[0].answer)
        for runs in found
    ]


def _python(module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(  # noqa: S603 - our own modules
        command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ}
    )
    return done.stdout
