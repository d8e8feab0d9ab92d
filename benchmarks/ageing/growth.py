"""How the product's cost grows: with the rows of a listing, and with the month-ends asked for."""

import tempfile
from pathlib import Path

from benchmarks.ageing.measuring import Run, in_turns, made
from benchmarks.ageing.months import MONTHS
from benchmarks.page import Section

TITLE = "Growth with rows and months"
MILLIONS = (1, 2, 5, 10)
METHOD = f"""\
The product's side of the measurement above, for listings of 1 to 10 million rows over the same
sites and months, at 1 month-end and at {len(MONTHS)}. Reading is paid once; a further month is the
difference between the two, divided by {len(MONTHS) - 1}. Time grows with the rows, and so does
the memory beyond what the process holds before it reads: of each case that stands at a month-end
it keeps its site and two days.

| Rows | 1 month-end | {len(MONTHS)} month-ends | Further month | Per million rows | Memory |
|---|---|---|---|---|---|
"""


def line(millions: int, one: Run, all_of_them: Run) -> str:
    """Return one row of the table."""
    further = (all_of_them.seconds - one.seconds) / (len(MONTHS) - 1)
    cells = (
        f"{millions},000,000",
        f"{one.seconds:.2f} s",
        f"{all_of_them.seconds:.2f} s",
        f"{1000 * further:.1f} ms",
        f"{1000 * all_of_them.seconds / millions:.0f} ms",
        f"{all_of_them.peak / 1e6:,.0f} MB",
    )
    return f"| {' | '.join(cells)} |"


def section() -> Section:
    """Make listings of each size and ask for one month-end and for all."""
    lines = []
    for millions in MILLIONS:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            path = made(1_000_000 * millions, folder)
            runs = in_turns([("ours", 1), ("ours", len(MONTHS))], path, folder)
        lines.append(line(millions, *runs))
        print(lines[-1], flush=True)
    return Section(TITLE, METHOD + "\n".join(lines))
