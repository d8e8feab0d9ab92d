"""make bench: how long the check of a large file takes, beside the bare reading of the same file,
and the coverage of a large portfolio.

Writes docs/performance.md and fails where a budget is not kept. Every figure is measured in a
process of its own; the two sides of a ratio take turns, so that what else the machine does hits
both; of each the best of ROUNDS counts.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import coverage, excel, files

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
ROUNDS = 3
GIGABYTE = 1_000_000_000


@dataclass(frozen=True)
class Scenario:
    """One file, the bare reading it is held against, and how many times that it may take."""

    title: str
    name: str
    write: Callable[[Path], Path]
    bare: str
    bare_title: str
    budget: float


@dataclass(frozen=True)
class Measured:
    """The best of both sides, and the most memory that worker and reader had."""

    scenario: Scenario
    size: int
    bare: float
    check: float
    worker: int
    reader: int

    @property
    def ratio(self) -> float:
        """How many times the bare reading the check takes."""
        return self.check / self.bare

    @property
    def kept(self) -> bool:
        """Tell whether time and memory stay within their budgets."""
        return self.ratio <= self.scenario.budget and max(self.worker, self.reader) < GIGABYTE


WORKBOOK_ROWS, CSV_ROWS = 100_000, 1_000_000
SCENARIOS = (
    Scenario(
        f"Workbook, {WORKBOOK_ROWS:,} rows, as Excel writes it",
        "excel.xlsx",
        lambda path: excel.write(path, [files.HEADER, *files.rows(WORKBOOK_ROWS)]),
        "calamine",
        "calamine alone",
        2.5,
    ),
    Scenario(
        f"Workbook, {WORKBOOK_ROWS:,} rows, as openpyxl writes it",
        "openpyxl.xlsx",
        lambda path: files.write_workbook(path, WORKBOOK_ROWS),
        "calamine",
        "calamine alone",
        2.5,
    ),
    Scenario(
        f"CSV, {CSV_ROWS:,} rows",
        "large.csv",
        lambda path: files.write_csv(path, CSV_ROWS),
        "pandas",
        "pandas, as text",
        3.0,
    ),
)

METHOD = f"""\
# Performance of intake and coverage

Written by `make bench`; nothing here is typed by hand.

A listing of data queries with {len(files.HEADER)} columns, one row in {files.WRONG_ONE_IN} of it
wrong, is *checked*: inspected, read in a process of its own, turned into typed values, held against
all rules, its problems listed, its table sorted, hashed and sealed as Parquet. What the database
stores in the end is not in it. The same file is read by the bare library alone. Each measurement is
a process of its own, clocks start after imports, both sides take turns, and the best of {ROUNDS}
counts. Memory is the most that a process had resident: of the worker, and of the process in which
the worker has the file read. The two do not add up: the reader has ended when the worker takes over
what it read.

Machine: two shared cores, 24 GiB, Debian 12, Python 3.11.

| File | Size | Bare reading | Check | Times | Budget | Memory, worker and reader |
|---|---|---|---|---|---|---|
"""


def measure(what: str, path: Path) -> dict[str, float]:
    """Do one piece of work in a process of its own; return what it took."""
    command = [sys.executable, "-m", "benchmarks.work", what, str(path)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - our own module
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measured(scenario: Scenario, folder: Path) -> Measured:
    """Measure one scenario; writes its file unless it is there."""
    path = folder / scenario.name
    if not path.exists():
        scenario.write(path)
    bare, check = [], []
    for _ in range(ROUNDS):
        bare.append(measure(scenario.bare, path)["seconds"])
        check.append(measure("check", path))
    return Measured(
        scenario=scenario,
        size=path.stat().st_size,
        bare=min(bare),
        check=min(one["seconds"] for one in check),
        worker=int(max(one["peak"] for one in check)),
        reader=int(max(one["peak_of_child"] for one in check)),
    )


def line(found: Measured) -> str:
    """Return one row of the table."""
    cells = (
        found.scenario.title,
        f"{found.size / 1e6:,.0f} MB",
        f"{found.bare:.1f} s ({found.scenario.bare_title})",
        f"{found.check:.1f} s",
        f"{found.ratio:.1f}",
        f"{found.scenario.budget:g}, 1 GB",
        f"{found.worker / 1e6:,.0f} MB, {found.reader / 1e6:,.0f} MB",
    )
    return f"| {' | '.join(cells)} |"


def main(folder: Path) -> int:
    """Measure all, write the page, return how many budgets were not kept."""
    found = []
    for scenario in SCENARIOS:
        found.append(measured(scenario, folder))
        print(line(found[-1]), flush=True)
    covered = coverage.measure()
    table = "\n".join(map(line, found)) + "\n"
    PAGE.write_text(METHOD + table + coverage.section(covered), "utf-8")
    broken = [one.scenario.title for one in found if not one.kept]
    broken += [] if covered.kept else ["Coverage of a portfolio"]
    for title in broken:
        print(f"Over budget: {title}", file=sys.stderr)
    return len(broken)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(main(Path(sys.argv[1])))
    with tempfile.TemporaryDirectory() as temporary:
        sys.exit(main(Path(temporary)))
