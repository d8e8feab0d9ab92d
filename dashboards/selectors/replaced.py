"""What restatements replaced: the first figures of months that were restated."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from dashboards.periods import Asked
from dashboards.selectors.runs import RUN_FIELDS, Reading, RunFact, read, runs_for
from kpis.models import KpiResult, SnapshotRun, Submission

# What a condition on results may say of their run as well.
RUN_SCOPE = ("engagement_id", "engagement_id__in", "study_id")


def earlier_readings(
    user: Any, *conditions: Q, asked: Asked, first: date, last: date, **scope: Any
) -> tuple[Reading, ...]:
    """Return what restatements replaced: the first figures of restated months; one statement."""
    shown = runs_for(user, asked=asked).values("pk")
    where = {"period_start__gte": first, "period_start__lte": last}
    of_runs = {name: scope[name] for name in RUN_SCOPE if name in scope} | where
    of_whole = _before_restating(asked, whole=True).filter(**of_runs).values("pk")
    of_study = _before_restating(asked, whole=False).filter(**of_runs).values("pk")
    rows = KpiResult.objects.visible_to(user).filter(
        Q(run__in=of_study) | Q(run__in=of_whole), *conditions, **where, **scope
    )
    return read(rows.exclude(run__in=shown), False)


def first_runs(
    user: Any, *, asked: Asked, period: date, engagements: Collection[int]
) -> tuple[RunFact, ...]:
    """Return the runs that restatements of a month replaced, for some engagements; one statement.

    Among them may be runs that are shown: of studies that were not restated themselves.
    """
    where = {"period_start": period, "engagement_id__in": engagements}
    of_whole = _before_restating(asked, whole=True).filter(**where)
    of_study = _before_restating(asked, whole=False).filter(**where)
    runs = SnapshotRun.objects.visible_to(user).filter(
        Q(pk__in=of_study.values("pk")) | Q(pk__in=of_whole.values("pk")), **where
    )
    return tuple(RunFact(*row) for row in runs.order_by("pk").values_list(*RUN_FIELDS))


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
