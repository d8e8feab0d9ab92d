"""Problems as rows: all cells of one rule are one line with a count."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from typing import Any

from kpis.models import Check, Problem, SubmittedFile
from kpis.submissions.reading.problems import RULES
from kpis.submissions.reading.problems import Problem as Finding
from oversight import storage

CELL_FIELDS = ("file", "sheet", "row", "column", "cell", "value", "sentence")


def store(
    check: Check,
    findings: Sequence[Finding],
    files: Sequence[SubmittedFile],
    *,
    before: Check | None,
) -> tuple[int, int]:
    """Store the findings by rule, in document order; return the numbers of errors and warnings.

    An explanation given for exactly the same cells in the check before is carried over.
    """
    grouped: dict[str, list[dict[str, Any]]] = {}
    counts: Counter[str] = Counter()
    for finding in findings:
        grouped.setdefault(finding.rule, []).append(_cell(finding, files))
        counts[finding.rule] += finding.count
    explained = {
        (old.rule, old.cells_sha256): old
        for old in (before.problems.exclude(explanation="") if before else ())
    }
    rows = []
    for rule, cells in grouped.items():
        sha256 = storage.keep(io.BytesIO(as_csv(cells)))
        old = explained.get((rule, sha256))
        rows.append(
            Problem(
                check_made=check,
                rule=rule,
                severity=RULES[rule].severity.value,
                count=counts[rule],
                cells=cells[: Problem.CELLS_SHOWN],
                cells_sha256=sha256,
                explanation=old.explanation if old else "",
                explained_at=old.explained_at if old else None,
                explained_by_id=old.explained_by_id if old else None,
            )
        )
    Problem.objects.bulk_create(rows)
    severities = [row.severity for row in rows]
    return (
        severities.count(Problem.Severity.ERROR),
        severities.count(Problem.Severity.WARNING),
    )


def as_csv(cells: Sequence[dict[str, Any]]) -> bytes:
    """Return the cells as CSV; text that a spreadsheet would run as a formula is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CELL_FIELDS)
    writer.writerows([harmless(cell.get(name)) for name in CELL_FIELDS] for cell in cells)
    return out.getvalue().encode()


def harmless(value: Any) -> Any:
    """Return text that no spreadsheet takes for a formula."""
    risky = isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{value}" if risky else value


def _cell(finding: Finding, files: Sequence[SubmittedFile]) -> dict[str, Any]:
    cell = {name: getattr(finding, name) for name in CELL_FIELDS}
    cell["file"] = files[finding.file].name if finding.file is not None else ""
    return cell
