"""python -m benchmarks.fuzz [COUNT]: read and check thousands of spoilt files; writes docs/fuzz.md.

What must hold of each: no exception, an end within seconds, and either whole tables or an error
that says why there are none; what is refused leaves no table.
"""

import os
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.mutations import LEVELS, TABLES
from kpis.submissions.checks import CheckContext, check_all, read_and_look
from kpis.submissions.reading import IntakeLimits, SourceFile, has_errors

PAGE = Path(__file__).resolve().parent.parent / "docs" / "fuzz.md"
SLOWEST_SECONDS = 20.0
TEXT = """\
# Spoilt files

Written by `make fuzz`; nothing here is typed by hand.

Sound query listings are made and spoilt at random (hypothesis): in their cells, in the bytes of the
file, in the members of a workbook's archive and in the XML of one member. Each is read and checked
as an upload is. A file fails the run if it ends in an exception, takes more than {slowest:.0f}
seconds, or leaves neither a table whose rows are all placed in their sheet nor an error that
says why there is none. {total:,} files, {failed} failures.

| Spoilt | Files | Taken | Taken with errors | Refused | Slowest |
|---|---|---|---|---|---|
"""


@dataclass
class Counts:
    """What became of the files of one level."""

    ends: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0


def judge(content: bytes, folder: Path, counts: Counts) -> None:
    """Read and check one file; AssertionError where it ends as no file may."""
    path = folder / "spoilt"
    path.write_bytes(content)
    begun = time.perf_counter()
    result = read_and_look(
        [SourceFile(path, "spoilt.xlsx")],
        listings=["queries", "participants"],
        limits=IntakeLimits(),
        progress=lambda step, share: None,
    )
    context = CheckContext(
        cutoff_date=date(2025, 11, 14),
        protocol_number="ABC-301",
        study_names=frozenset({"ABC-301"}),
        known_sites=frozenset({"007"}),
    )
    result, found = check_all(result, context=context)
    took = time.perf_counter() - begun
    assert took < SLOWEST_SECONDS, f"It took {took:.0f} seconds."  # noqa: S101 - the verdict
    assert result.tables or has_errors(found), "Nothing was read, and nobody says why."  # noqa: S101 - the verdict
    whole = {(one.file, one.sheet): one.rows for one in result.sheets if one.used}
    for table in result.tables.values():
        assert table["row"].is_unique or len(whole) > 1, "A row was taken twice."  # noqa: S101 - the verdict
        assert len(table) <= sum(whole.values()), "Rows came from nowhere."  # noqa: S101 - the verdict
        assert not table[["file", "sheet", "row"]].isna().any(axis=None)  # noqa: S101 - the verdict
    end = "refused" if not result.tables else "with errors" if has_errors(found) else "taken"
    counts.ends[end] += 1
    counts.slowest = max(counts.slowest, took)


def run(level: str, count: int, folder: Path) -> Counts:
    """Spoil `count` files at one level; raises what the smallest failing one raises."""
    counts = Counts()

    @settings(
        max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.data())
    def spoil(data: st.DataObject) -> None:
        judge(data.draw(LEVELS[level](data.draw(TABLES))), folder, counts)

    spoil()
    return counts


def main(count: int) -> int:
    """Spoil `count` files, as many at each level; write the page; return the failures."""
    lines, total, failed = [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for level in LEVELS:
            try:
                counts = run(level, count // len(LEVELS), Path(folder))
            except Exception as error:  # every level is run, whatever another one finds
                failed += 1
                print(f"{level}: {error!r}", file=sys.stderr)
                continue
            done = counts.ends.total()
            total += done
            cells = [f"{counts.ends[end]:,}" for end in ("taken", "with errors", "refused")]
            lines.append(f"| {level} | {done:,} | {' | '.join(cells)} | {counts.slowest:.1f} s |")
            print(lines[-1], flush=True)
    heading = TEXT.format(slowest=SLOWEST_SECONDS, total=total, failed=failed or "no")
    if not failed:
        PAGE.write_text(heading + "\n".join(lines) + "\n", "utf-8")
    return failed


if __name__ == "__main__":
    os.environ.setdefault("OVERSIGHT_MODE", "test")
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 6_000))
