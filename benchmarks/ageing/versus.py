"""The product beside polars, duckdb and pandas: the same file, the same answers, in turns."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ageing.answers import differences
from benchmarks.ageing.measuring import ROUNDS, Run, in_turns, made
from benchmarks.ageing.months import MONTHS
from benchmarks.ageing.sides import SIDES
from benchmarks.page import Section

TITLE = "Ages of five million queries"
ROWS = 5_000_000
BUDGET, PEAK = 0.6, 500_000_000
HELD_AGAINST = "polars"
METHOD = f"""\
{ROWS:,} data queries over 2,000 sites, made from a fixed seed and sealed as the intake seals them
(sorted by site and opening, texts as dictionaries, zstd). Asked of each side: for each site at each
of {len(MONTHS)} month-ends the number of open queries, median and 90th percentile of their age,
share older than 14 and than 30 days. All read the same file, each in a process of its own, clocks
start after imports, sides take turns, the best of {ROUNDS} counts; memory is the most that the
process had resident, its libraries included. The product's own time counts from the file to the
figures (`kpis/engine/ageing_months.py`); checking the seal of the file comes to it. A run fails
unless all answers are equal: counts exactly, the rest to 1e-9.
Budget: {BUDGET:g} times polars month by month, {PEAK / 1e6:.0f} MB.

| Side | Time | Times polars | Memory |
|---|---|---|---|
"""


@dataclass(frozen=True)
class Found:
    """What each side took, by its name."""

    runs: dict[str, Run]

    def times(self, side: str) -> float:
        """Return how many times polars' time a side takes."""
        return self.runs[side].seconds / self.runs[HELD_AGAINST].seconds

    @property
    def broken(self) -> tuple[str, ...]:
        """Name what was not kept: an answer that differs, the time, the memory."""
        own = self.runs["ours"]
        unequal = tuple(
            f"{TITLE}: {SIDES[name].title} differs in {', '.join(columns)}"
            for name, run in self.runs.items()
            if (columns := differences(own.answer, run.answer))
        )
        slow = self.times("ours") > BUDGET or own.peak >= PEAK
        return unequal + ((TITLE,) if slow else ())


def line(found: Found, side: str) -> str:
    """Return one row of the table."""
    run = found.runs[side]
    cells = (
        SIDES[side].title,
        f"{run.seconds:.2f} s",
        f"{found.times(side):.2f}",
        f"{run.peak / 1e6:,.0f} MB",
    )
    return f"| {' | '.join(cells)} |"


def section() -> Section:
    """Make the listing, ask all sides, describe what they took."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        path = made(ROWS, folder)
        runs = in_turns([(name, len(MONTHS)) for name in SIDES], path, folder)
        size = path.stat().st_size
    found = Found(dict(zip(SIDES, runs, strict=True)))
    lines = [line(found, name) for name in SIDES]
    print(*lines, sep="\n", flush=True)
    figures = f"{len(runs[0].answer):,} times a site at a month-end"
    after = f"\n\nThe file has {size / 1e6:,.0f} MB, the answer {figures}."
    return Section(TITLE, METHOD + "\n".join(lines) + after, found.broken)
