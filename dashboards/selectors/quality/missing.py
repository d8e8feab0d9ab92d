"""Which KPIs lack their data: of the places where one is told, how many are missing, by month."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from dashboards.selectors.months import Span
from dashboards.selectors.runs import runs_for
from kpis.definitions import catalogue
from kpis.due import by_study
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import RagStatus
from kpis.models import KpiResult


@dataclass(frozen=True)
class Cell:
    """One KPI in one month: `missing` of `total` places; total 0 where it is told nowhere."""

    month: date
    missing: int
    total: int


@dataclass(frozen=True)
class Lacking:
    """One KPI over the months."""

    definition: KpiDefinition
    cells: tuple[Cell, ...]

    @property
    def missing(self) -> int:
        """How often it is missing in all the months."""
        return sum(one.missing for one in self.cells)

    @property
    def total(self) -> int:
        """How often it was due."""
        return sum(one.total for one in self.cells)


def lacking(user: Any, *, span: Span) -> tuple[Lacking, ...]:
    """Return the KPIs with anything on record, most missing first; one statement.

    A place is a study where the KPI is told by study, else an engagement. What was waived, and what
    has no source yet, was not due.
    """
    rows = (
        KpiResult.objects.visible_to(user)
        .filter(
            run__in=runs_for(user, asked=span.asked).values("pk"),
            country="",
            period_start__gte=span.first,
            period_start__lte=span.period,
        )
        .exclude(rag=RagStatus.NOT_APPLICABLE, value=None)
        .exclude(rag=RagStatus.UNAVAILABLE)
        .annotate(whole=ExpressionWrapper(Q(study__isnull=True), output_field=BooleanField()))
        .order_by()
        .values_list("definition__slug", "period_start", "whole")
        .annotate(missing=Count("pk", filter=Q(rag=RagStatus.MISSING)), total=Count("pk"))
    )
    found: dict[str, dict[date, Cell]] = defaultdict(dict)
    for slug, month, whole, missing, total in rows:
        if slug in catalogue() and by_study(catalogue()[slug]) is not whole:
            found[slug][month] = Cell(month, missing, total)
    return _sorted(
        Lacking(
            catalogue()[slug],
            tuple(cells.get(month, Cell(month, 0, 0)) for month in span.months),
        )
        for slug, cells in found.items()
    )


def _sorted(found: Iterable[Lacking]) -> tuple[Lacking, ...]:
    return tuple(sorted(found, key=lambda one: (-one.missing, one.definition.short_name)))
