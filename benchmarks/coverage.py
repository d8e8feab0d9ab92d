"""How long the coverage of a whole portfolio takes, in a database of its own.

python -m benchmarks.coverage prints it as JSON; `measure` runs that beside servers of its own.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass

import django

from benchmarks.page import ROOT, Section

TITLE = "Coverage of a portfolio"
STUDIES, CROS = 300, 50
ROUNDS = 7
BUDGET = 1.0


@dataclass(frozen=True)
class Coverage:
    """The median of ROUNDS in seconds; the SQL statements for all studies and for a tenth."""

    delegations: int
    findings: int
    loading: float
    judging: float
    statements: int
    statements_of_a_tenth: int

    @property
    def kept(self) -> bool:
        """Tell whether it stays below its budget, with as many statements for many as for few."""
        return (
            self.loading + self.judging < BUDGET and self.statements == self.statements_of_a_tenth
        )


def measure() -> Coverage:
    """Measure in a process of its own, with an embedded database made for it."""
    with tempfile.TemporaryDirectory() as state:
        inside = [sys.executable, "-m", "benchmarks.coverage"]
        done = subprocess.run(  # noqa: S603 - our own modules
            [sys.executable, "-m", "oversight.launcher", "run", "--", *inside],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "OVERSIGHT_MODE": "test", "OVERSIGHT_STATE": state},
        )
    return Coverage(**json.loads(done.stdout.splitlines()[-1]))


def section() -> Section:
    """Measure and describe."""
    found = measure()
    return Section(TITLE, described(found), () if found.kept else (TITLE,))


def described(found: Coverage) -> str:
    """Return what docs/performance.md says of it."""
    together = found.loading + found.judging
    cells = (
        f"{found.loading:.2f} s",
        f"{found.judging:.2f} s",
        f"{together:.2f} s",
        f"{BUDGET:g} s",
        str(found.statements),
        str(found.statements_of_a_tenth),
    )
    return f"""
Who does what on {STUDIES} studies × 42 obligations with {CROS} CROs, {found.delegations:,}
delegations: read from PostgreSQL under the reader's visibility, then judged by all nine rules
for one day; {found.findings:,} findings. Median of {ROUNDS}, on the same machine.

| Reading | Judging | Together | Budget | SQL statements | The same, a tenth of the studies |
|---|---|---|---|---|---|
| {" | ".join(cells)} |
"""


def inside() -> Coverage:
    """Migrate, fill, and measure in the database of the environment."""
    django.setup()
    # Django must be set up before these can be loaded.
    from django.core.management import call_command  # noqa: PLC0415 - needs Django to be set up first
    from django.db import connection  # noqa: PLC0415 - needs Django to be set up first
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - needs Django to be set up first

    from benchmarks.portfolio import DAY, make  # noqa: PLC0415 - needs Django to be set up first
    from studies.coverage.analysis import analyse  # noqa: PLC0415 - needs Django to be set up first
    from studies.selectors.coverage_facts import facts_of  # noqa: PLC0415 - needs Django to be set up first

    call_command("migrate", database="owner", verbosity=0, interactive=False)
    counts = []
    for part in (10, 1):
        reader = make(studies=STUDIES // part, cros=CROS)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        with CaptureQueriesContext(connection) as statements:
            facts = facts_of(user=reader, on=DAY)
        counts.append(len(statements))
    loading, judging = [], []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        facts = facts_of(user=reader, on=DAY)
        read = time.perf_counter()
        found = analyse(facts, on=DAY)
        loading.append(read - begun)
        judging.append(time.perf_counter() - read)
    return Coverage(
        delegations=len(facts.held),
        findings=len(found),
        loading=sorted(loading)[ROUNDS // 2],
        judging=sorted(judging)[ROUNDS // 2],
        statements=counts[1],
        statements_of_a_tenth=counts[0],
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.settings")
    print(json.dumps(asdict(inside())))
