"""Which results are shown: the current ones, or those known on a day. The only place that decides.

Permissions are today's in both cases.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from dashboards.periods import Asked
from kpis.agreed.judging import from_kept, judged_by
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import RagStatus
from kpis.models import CurrentRun, KpiResult, SnapshotRun

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


RUN_FIELDS = (
    "pk",
    "inputs_sha256",
    "engagement_id",
    "study_id",
    "period_start",
    "data_cutoff_date",
    "computed_at",
    "submission_id",
    "site_results_sha256",
)


class RunFact(NamedTuple):
    """One run; `name` is the hash of its inputs, `study_id` None for an engagement as a whole."""

    id: int
    name: str
    engagement_id: int
    study_id: int | None
    period: date
    cutoff_date: date
    computed_at: datetime
    submission_id: int | None
    site_results_sha256: str


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


def runs_shown(
    user: Any, *conditions: Q, asked: Asked, first: date, last: date, **scope: Any
) -> tuple[RunFact, ...]:
    """Return the runs that count of the months `first` to `last`; one statement.

    `conditions` and `scope` are conditions on both SnapshotRun and CurrentRun.
    """
    where = {"period_start__gte": first, "period_start__lte": last, **scope}
    if asked.known_until is None:
        pointers = CurrentRun.objects.visible_to(user).filter(*conditions, **where)
        rows: Any = pointers.values_list(*(f"run__{name}" for name in RUN_FIELDS))
    else:
        runs = SnapshotRun.objects.visible_to(user).filter(
            *conditions, computed_at__lt=asked.known_until, **where
        )
        latest = runs.order_by(
            "engagement_id", "study_id", "period_start", "-computed_at", "-pk"
        ).distinct("engagement_id", "study_id", "period_start")
        rows = latest.values_list(*RUN_FIELDS)
    return tuple(RunFact(*row) for row in rows)


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
    return read(rows, detail)


def readings_of(runs: Collection[int], *conditions: Q) -> tuple[Reading, ...]:
    """Return results, with all their figures, of runs that the reader may see; one statement."""
    return read(KpiResult.objects.filter(*conditions, run__in=runs), True)


def read(rows: Any, detail: bool) -> tuple[Reading, ...]:
    fields = (*FIELDS, "detail") if detail else FIELDS
    ordered = rows.order_by("period_start", "run_id", "country").values_list(*fields)
    return tuple(Reading(*(row if detail else (*row, {}))) for row in ordered)
