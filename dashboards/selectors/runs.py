"""Which results are shown: the current ones, or those known on a day. The only place that decides.

Permissions are today's in both cases.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from dashboards.periods import Asked
from kpis.agreed.judging import from_kept, judged_by
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import RagStatus
from kpis.models import KpiResult, SnapshotRun, Submission

FIELDS = (
    "run_id",
    "definition__slug",
    "definition__version",
    "engagement_id",
    "study_id",
    "country",
    "period_start",
    "data_cutoff_date",
    "run__computed_at",
    "run__submission_id",
    "numerator",
    "denominator",
    "value",
    "rag",
    "limits",
    "detail__why",
    "detail__longest_open",
)


@dataclass(frozen=True)
class Reading:
    """One KPI result as pages use it; `detail` is empty unless asked for.

    `why` says why a result is missing; a median that was not reached exceeds `longest_open`.
    """

    run_id: int
    slug: str
    version: int
    engagement_id: int
    study_id: int | None
    country: str
    period: date
    cutoff_date: date
    computed_at: datetime
    submission_id: int | None
    numerator: float | None
    denominator: float | None
    value: float | None
    rag: str
    limits: Mapping[str, Any] | None
    why: str | None
    longest_open: float | None
    detail: Mapping[str, Any]

    @property
    def missing(self) -> bool:
        """True for what stands on record because nothing came, or not the listing it needs."""
        return self.rag == RagStatus.MISSING

    @property
    def waived(self) -> bool:
        """True for what stands on record because the sponsor does without a listing it needs."""
        return self.rag == RagStatus.NOT_APPLICABLE and bool(self.why)


def as_judged(definition: KpiDefinition, reading: Reading | None) -> KpiDefinition:
    """Return the definition with the agreed limits that judged the reading, if there were any."""
    return judged_by(definition, from_kept(reading.limits)) if reading else definition


def runs_for(
    user: Any, *, asked: Asked, period: date | None = None
) -> QuerySet[SnapshotRun, SnapshotRun]:
    """Return the runs that count for `user`: one per engagement, study and period."""
    runs: Any = SnapshotRun.objects.visible_to(user)
    if period is not None:
        runs = runs.filter(period_start=period)
    if asked.known_until is None:
        return runs.filter(current__isnull=False)
    latest = (
        SnapshotRun.objects.filter(computed_at__lt=asked.known_until)
        .order_by("engagement_id", "study_id", "period_start", "-computed_at", "-pk")
        .distinct("engagement_id", "study_id", "period_start")
    )
    return runs.filter(pk__in=latest.values("pk"))


def readings(
    user: Any,
    *conditions: Q,
    asked: Asked,
    first: date,
    last: date,
    detail: bool = False,
    **scope: Any,
) -> tuple[Reading, ...]:
    """Return the results of the months `first` to `last`, oldest first; one statement.

    `conditions` and `scope` are conditions on KpiResult, such as `study_id=7` or `country=""`.
    """
    rows = KpiResult.objects.visible_to(user).filter(
        *conditions,
        run__in=runs_for(user, asked=asked).values("pk"),
        period_start__gte=first,
        period_start__lte=last,
        **scope,
    )
    return _read(rows, detail)


def earlier_readings(
    user: Any, *conditions: Q, asked: Asked, first: date, last: date, **scope: Any
) -> tuple[Reading, ...]:
    """Return what restatements replaced: the first figures of restated months; one statement."""
    shown = runs_for(user, asked=asked).values("pk")
    of_whole = _before_restating(asked, whole=True).values("pk")
    of_study = _before_restating(asked, whole=False).values("pk")
    rows = KpiResult.objects.visible_to(user).filter(
        Q(run__in=of_study) | Q(run__in=of_whole),
        *conditions,
        period_start__gte=first,
        period_start__lte=last,
        **scope,
    )
    return _read(rows.exclude(run__in=shown), False)


def _before_restating(asked: Asked, *, whole: bool) -> QuerySet[SnapshotRun, SnapshotRun]:
    """Return the last runs before the first restatement of their month was accepted.

    A study's by its own submissions and those that span studies, the whole by any of them.
    """
    restating = Submission.objects.filter(
        engagement=OuterRef("engagement"),
        period_start=OuterRef("period_start"),
        supersedes__isnull=False,
    )
    if not whole:
        restating = restating.filter(Q(study=OuterRef("study")) | Q(study=None))
    if asked.known_until is not None:
        restating = restating.filter(decided_at__lt=asked.known_until)
    first = restating.order_by("decided_at").values("decided_at")[:1]
    runs = SnapshotRun.objects.filter(study__isnull=whole, computed_at__lt=Subquery(first))
    return runs.order_by(
        "engagement_id", "study_id", "period_start", "-computed_at", "-pk"
    ).distinct("engagement_id", "study_id", "period_start")


def periods_with_results(user: Any, *, asked: Asked) -> tuple[date, ...]:
    """Return the months that have a result or a missing one, newest first."""
    months = runs_for(user, asked=asked).values_list("period_start", flat=True)
    return tuple(months.order_by("-period_start").distinct())


def _read(rows: Any, detail: bool) -> tuple[Reading, ...]:
    fields = (*FIELDS, "detail") if detail else FIELDS
    ordered = rows.order_by("period_start", "run_id", "country").values_list(*fields)
    return tuple(Reading(*(row if detail else (*row, {}))) for row in ordered)
