"""Results that a restatement replaced: what anything that rested on them has to be told.

A result is kept for good. It was restated when, after its computation, another submission of its
month was accepted in place of one that it was made from.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from kpis.models import KpiResult, Submission


@dataclass(frozen=True)
class RestatedResult:
    """One result that was computed before its month was restated, and what stands there now.

    `rag` and `value` are None where the scope has no result of this KPI any more. `study_id` is
    None for the engagement as a whole, `country` empty for all of it.
    """

    result_id: int
    slug: str
    engagement_id: int
    study_id: int | None
    country: str
    period: date
    computed_at: datetime
    first_value: float | None
    first_rag: str
    value: float | None
    rag: str | None

    @property
    def moved(self) -> bool:
        """Tell whether value or colour are other ones now."""
        return (self.first_value, self.first_rag) != (self.value, self.rag)


def results_restated(
    user: Any,
    *,
    results: Iterable[int] | None = None,
    engagement_id: int | None = None,
    period: date | None = None,
) -> tuple[RestatedResult, ...]:
    """Return those of `results` (keys of KpiResult), or of a scope, that were restated since.

    Two statements. A review gives the keys of the results that it rested on.
    """
    restating = Submission.objects.filter(
        supersedes__isnull=False,
        engagement=OuterRef("engagement"),
        period_start=OuterRef("period_start"),
        decided_at__gt=OuterRef("run__computed_at"),
    )
    own = restating.filter(Q(study=OuterRef("study")) | Q(study=None))
    old = KpiResult.objects.visible_to(user).filter(
        Q(Exists(own)) | Q(Exists(restating), study=None), run__current__isnull=True
    )
    if results is not None:
        old = old.filter(pk__in=list(results))
    if engagement_id is not None:
        old = old.filter(engagement=engagement_id)
    if period is not None:
        old = old.filter(period_start=period)
    rows = list(old.select_related("definition", "run").order_by("pk"))
    now = _standing(user, rows)
    return tuple(_restated(row, now.get(_scope(row))) for row in rows)


def _scope(row: KpiResult) -> tuple[str, int, int | None, str, date]:
    return (row.definition.slug, row.engagement_id, row.study_id, row.country, row.period_start)


def _standing(user: Any, rows: list[KpiResult]) -> dict[tuple[Any, ...], KpiResult]:
    """Return the current results of the same engagements and months, by scope."""
    current = KpiResult.objects.visible_to(user).filter(
        run__current__isnull=False,
        engagement__in={row.engagement_id for row in rows},
        period_start__in={row.period_start for row in rows},
    )
    return {_scope(row): row for row in current.select_related("definition")}


def _restated(row: KpiResult, now: KpiResult | None) -> RestatedResult:
    return RestatedResult(
        result_id=row.pk,
        slug=row.definition.slug,
        engagement_id=row.engagement_id,
        study_id=row.study_id,
        country=row.country,
        period=row.period_start,
        computed_at=row.run.computed_at,
        first_value=row.value,
        first_rag=row.rag,
        value=now.value if now else None,
        rag=now.rag if now else None,
    )
