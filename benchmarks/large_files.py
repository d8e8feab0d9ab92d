"""How long the check of a large file takes, beside the bare reading of the same file.

Every figure is measured in a process of its own; the two sides of a ratio take turns, so that what
else the machine does hits both; of each the best of ROUNDS counts.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import excel, files
from benchmarks.page import ROOT, Section

TITLE = "Intake of large files"
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
A listing of data queries with {len(files.HEADER)} columns, one row in {files.WRONG_ONE_IN} of it
wrong, is *checked*: inspected, read in a process of its own, turned into typed values, held against
all rules, its problems listed, its table sorted, hashed and sealed as Parquet. What the database
stores in the end is not in it. The same file is read by the bare library alone. Each measurement is
a process of its own, clocks start after imports, both sides take turns, and the best of {ROUNDS}
counts. Memory is the most that a process had resident: of the worker, and of the process in which
the worker has the file read. The two do not add up: the reader has ended when the worker takes over
what it read.

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
    """Measure one scenario; writes its file first."""
    path = scenario.write(folder / scenario.name)
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


def section() -> Section:
    """Measure all files and describe them."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for scenario in SCENARIOS:
            found.append(measured(scenario, Path(folder)))
            print(line(found[-1]), flush=True)
    broken = tuple(one.scenario.title for one in found if not one.kept)
    return Section(TITLE, METHOD + "\n".join(map(line, found)), broken)
