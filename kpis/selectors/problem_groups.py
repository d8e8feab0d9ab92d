"""What the newest check found, one group per rule, in the words of the rules."""

from dataclasses import dataclass
from typing import Any

from kpis.models import Check, Problem
from kpis.submissions.reading.problems import RULES, Rule, Severity
from kpis.submissions.reading.rules import CLASSES

CELLS_ON_PAGE = 20
PRIVATE = {rule.slug for rule in CLASSES["Privacy"]}
NOT_SHOWN = "(not shown)"


@dataclass(frozen=True)
class CellRow:
    """One cell of a group, as text."""

    file: str
    sheet: str
    address: str
    column: str
    value: str
    sentence: str


@dataclass(frozen=True)
class ProblemGroup:
    """All cells that broke one rule: the first of them, and how many more the CSV holds."""

    pk: int
    rule: str
    severity: str
    title: str
    advice: str
    count: int
    counted: str
    cells: tuple[CellRow, ...]
    more: int
    explanation: str
    explained_by: str
    explained_at: Any


@dataclass(frozen=True)
class ProblemGroups:
    """The groups by severity, each in document order."""

    errors: tuple[ProblemGroup, ...]
    warnings: tuple[ProblemGroup, ...]
    infos: tuple[ProblemGroup, ...]

    @property
    def unexplained(self) -> int:
        """Return how many warnings still want a sentence."""
        return sum(not group.explanation for group in self.warnings)

    @property
    def error_cells(self) -> int:
        """Return how many findings stop the submission."""
        return sum(group.count for group in self.errors)


def problem_groups(check: Check | None) -> ProblemGroups:
    """Return what `check` found; one statement."""
    rows = list(check.problems.select_related("explained_by")) if check else []
    groups = [_group(row) for row in rows]

    def of(severity: Problem.Severity) -> tuple[ProblemGroup, ...]:
        return tuple(group for group in groups if group.severity == severity)

    return ProblemGroups(
        errors=of(Problem.Severity.ERROR),
        warnings=of(Problem.Severity.WARNING),
        infos=of(Problem.Severity.INFO),
    )


def _group(row: Problem) -> ProblemGroup:
    # A rule that later versions dropped still has a name.
    rule = RULES.get(row.rule) or Rule(row.rule, row.rule, "", Severity(row.severity))
    unsaid = NOT_SHOWN if row.rule in PRIVATE else ""
    cells = tuple(_cell(cell, unsaid) for cell in row.cells[:CELLS_ON_PAGE])
    return ProblemGroup(
        pk=row.pk,
        rule=row.rule,
        severity=row.severity,
        title=rule.title,
        advice=rule.advice,
        count=row.count,
        counted=counted(row.count, "cell" if any(cell.address for cell in cells) else "finding"),
        cells=cells,
        more=row.count - len(cells),
        explanation=row.explanation,
        explained_by=str(row.explained_by) if row.explained_by else "",
        explained_at=row.explained_at,
    )


def _cell(cell: dict[str, Any], unsaid: str) -> CellRow:
    return CellRow(
        file=cell["file"] or "",
        sheet=cell["sheet"] or "",
        address=cell["cell"] or (f"row {cell['row']}" if cell["row"] else ""),
        column=cell["column"] or "",
        value=unsaid if cell["value"] is None else str(cell["value"]),
        sentence=cell["sentence"],
    )


def counted(count: int, noun: str) -> str:
    """Return a number with its noun: 1 cell, 2,239 cells."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
