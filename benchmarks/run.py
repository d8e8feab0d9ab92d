"""make bench: measure, write docs/performance.md, fail where a budget is not kept.

python -m benchmarks.run measures every part, python -m benchmarks.run ageing growth only those.
"""

import sys
from collections.abc import Callable, Sequence

from benchmarks import coverage, large_files, recompute
from benchmarks.ageing import growth, versus
from benchmarks.charts import section as charts
from benchmarks.large import measured
from benchmarks.page import PAGE, Section, rewritten

# Part → its heading and what measures it, in the order of the page.
PARTS: dict[str, tuple[str, Callable[[], Section]]] = {
    "intake": (large_files.TITLE, large_files.section),
    "coverage": (coverage.TITLE, coverage.section),
    "ageing": (versus.TITLE, versus.section),
    "growth": (growth.TITLE, growth.section),
    "charts": (charts.TITLE, charts.section),
    "recompute": (recompute.TITLE, recompute.section),
    "portfolio": (measured.TITLE, measured.section),
}


def main(names: Sequence[str]) -> int:
    """Measure the parts named, or all; return how many budgets were not kept."""
    unknown = sorted(set(names) - set(PARTS))
    if unknown:
        print(f"No part {', '.join(unknown)}; there are {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    broken: list[str] = []
    for name in names or PARTS:
        found = PARTS[name][1]()
        broken += found.broken
        titles = [title for title, _ in PARTS.values()]
        page = PAGE.read_text("utf-8") if PAGE.exists() else ""
        PAGE.write_text(rewritten(page, [found], titles=titles), "utf-8")
    for title in broken:
        print(f"Over budget: {title}", file=sys.stderr)
    return len(broken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
