"""How long a portfolio takes to recompute through Celery, by one worker process and by two.

python -m benchmarks.recompute prints it as JSON; `measure` runs that beside servers of its own.
Every library that could start threads is held to one, so that a worker is one core's work.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

import django

from benchmarks.page import ROOT, Section

TITLE = "Recomputing a portfolio"
CROS, MONTHS, KPIS = 50, 60, 40
PAIR_MONTHS, PAIRS = 2, 3
BUDGET = 1.7
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_NUM_THREADS")
ONE_THREAD = dict.fromkeys(THREADS, "1")


@dataclass(frozen=True)
class Recomputed:
    """One recomputation: its parts, months and results, seconds, and what came out otherwise."""

    parts: int
    months: int
    results: int
    seconds: float
    otherwise: int


@dataclass(frozen=True)
class Recompute:
    """The whole by two workers, once; seconds of pairs, by one worker and by two; peak memory."""

    whole: Recomputed
    part: Recomputed
    one: list[float]
    two: list[float]
    building: float
    peak: int

    @property
    def speed_up(self) -> float:
        """How many times as fast two workers are as one: the median over the pairs."""
        return median(one / two for one, two in zip(self.one, self.two, strict=True))

    @property
    def kept(self) -> bool:
        """Tell whether the second worker brings what it should, and all came out again."""
        return self.speed_up >= BUDGET and not self.whole.otherwise and not self.part.otherwise


def measure() -> Recompute:
    """Measure in a process of its own, with embedded servers made for it."""
    with tempfile.TemporaryDirectory() as state:
        inside = [sys.executable, "-m", "benchmarks.recompute"]
        own = {"OVERSIGHT_MODE": "test", "OVERSIGHT_STATE": state, **ONE_THREAD}
        done = subprocess.run(  # noqa: S603 - our own modules
            [sys.executable, "-m", "oversight.launcher", "run", "--", *inside],
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **own},
        )
    return of_json(done.stdout.splitlines()[-1])


def of_json(line: str) -> Recompute:
    """Read what `python -m benchmarks.recompute` prints."""
    found: dict[str, Any] = json.loads(line)
    for name in ("whole", "part"):
        found[name] = Recomputed(**found[name])
    return Recompute(**found)


def section() -> Section:
    """Measure and describe."""
    found = measure()
    return Section(TITLE, described(found), () if found.kept else (TITLE,))


def described(found: Recompute) -> str:
    """Return what docs/performance.md says of it."""
    whole, part = found.whole, found.part
    pairs = ", ".join(
        f"{one:.0f} s and {two:.0f} s" for one, two in zip(found.one, found.two, strict=True)
    )
    return f"""
{CROS * 6} studies of {CROS} CROs × {MONTHS} months × {KPIS} KPIs told by study, and each
engagement's roll-up: {whole.months:,} stored runs in {whole.parts} parts, computed again from their
sealed tables through Celery and held against what is stored, by country and by site too. Numeric
libraries are held to one thread each; PostgreSQL and Redis run beside the workers on the same two
cores. Tables of one CRO's six studies, 16 listings a month, are made from a fixed seed; the other
CROs have the same ones, which no part makes use of. The pairs are the last {PAIR_MONTHS} months of
all studies ({part.months:,} runs in {part.parts} parts), by one worker process and by two in turns:
{pairs}. The speed-up is the median over the {PAIRS} pairs. Memory is the most that a worker had
resident. Making the portfolio took {found.building:.0f} s and is not counted.

| What | Runs | Results | Seconds | Results a second | Came out otherwise |
|---|---|---|---|---|---|
| The whole, two workers | {cells(whole)} |
| Pairs, one worker (median) | {cells(part, median(found.one))} |
| Pairs, two workers (median) | {cells(part, median(found.two))} |

| Speed-up by the second worker | Budget | Memory of a worker |
|---|---|---|
| {found.speed_up:.2f} | {BUDGET:g} | {found.peak / 1e6:,.0f} MB |
"""


def cells(one: Recomputed, seconds: float | None = None) -> str:
    """Return the figures of one line."""
    took = seconds or one.seconds
    return (
        f"{one.months:,} | {one.results:,} | {took:,.0f} | {one.results / took:,.0f} "
        f"| {one.otherwise}"
    )


def inside() -> Recompute:
    """Migrate, fill, and measure in the servers of the environment."""
    django.setup()
    # Django must be set up before these can be loaded.
    from django.core.management import call_command  # noqa: PLC0415

    from benchmarks.copies import copy  # noqa: PLC0415
    from benchmarks.months import cutoffs  # noqa: PLC0415
    from benchmarks.reporting import made  # noqa: PLC0415
    from benchmarks.workers import recomputed, workers  # noqa: PLC0415

    call_command("migrate", database="owner", verbosity=0, interactive=False)
    begun = time.perf_counter()
    reported = made(months=MONTHS)
    copy(reported, cros=CROS)
    building = time.perf_counter() - begun
    first, last = cutoffs()[-PAIR_MONTHS], cutoffs()[-1]
    seconds: dict[int, list[float]] = {1: [], 2: []}
    peaks = []
    for _ in range(PAIRS):
        for count in (1, 2):
            with workers(count, reported, last) as peak:
                part = recomputed(reported, first, last)
                peaks.append(peak())
            seconds[count].append(part.seconds)
    with workers(2, reported, last) as peak:
        whole = recomputed(reported, cutoffs()[0], last)
        peaks.append(peak())
    return Recompute(whole, part, seconds[1], seconds[2], building, max(peaks))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.settings")
    print(json.dumps(asdict(inside())))
