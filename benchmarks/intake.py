"""The check of one file without a database, as kpis.submissions.check does it."""

import io
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from kpis.engine.tables import LISTINGS
from kpis.submissions.checks import CheckContext, check_all, read_and_look
from kpis.submissions.problems import CELL_FIELDS, as_csv
from kpis.submissions.reading import IntakeLimits, SourceFile
from kpis.submissions.reading.apart import read_apart
from kpis.submissions.sealing import seal_table
from oversight import storage


def check_file(path: Path, *, cutoff: date) -> tuple[int, int]:
    """Read, check and seal one file; return the number of rows and of problems."""
    limits = IntakeLimits(max_bytes=1_000_000_000, max_cells=25_000_000)
    result = read_apart(
        [SourceFile(path, path.name)],
        read=read_and_look,
        listings=["queries", "participants"],
        limits=limits,
        progress=lambda step, share: None,
    )
    context = CheckContext(
        cutoff_date=cutoff,
        protocol_number="ABC-301",
        study_names=frozenset({"ABC-301"}),
        known_sites=frozenset(f"{site:03d}" for site in range(400)),
    )
    result, problems = check_all(result, context=context)
    for name, table in result.tables.items():
        seal_table(table, engine_order=LISTINGS[name].engine_order)
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for problem in problems:
        grouped[problem.rule].append({name: getattr(problem, name) for name in CELL_FIELDS})
    for cells in grouped.values():
        storage.keep(io.BytesIO(as_csv(cells)))
    return sum(len(table) for table in result.tables.values()), len(problems)
