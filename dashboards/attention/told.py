"""Results as attention and changes read them: each run with its results, in one statement.

A run of months of hundreds of studies is told by what is past a limit and what is missing; runs
over an engagement's studies by everything, so that a green can be asked how believable it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, JSONField, OuterRef, Q, Value, When
from django.db.models.functions import JSONObject

from dashboards.periods import Asked
from dashboards.selectors.runs import runs_for
from kpis.engine.terms import RagStatus
from kpis.models import KpiResult

PAST = (RagStatus.RED, RagStatus.AMBER)
NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Told:
    """One result of a run; `detail` only of runs over all studies."""

    slug: str
    version: int
    rag: str
    value: float | None
    numerator: float | None
    denominator: float | None
    limits: Mapping[str, Any] | None
    longest_open: float | None
    detail: Mapping[str, Any]


@dataclass(frozen=True)
class Run:
    """What was computed for an engagement, a study of it (None: across all) and a month."""

    pk: int
    engagement_id: int
    vendor_id: int
    study_id: int | None
    period: date
    cutoff_date: date
    computed_at: datetime
    submission_id: int | None
    results: Mapping[str, Told]

    @property
    def scope(self) -> tuple[int, int | None]:
        """Return engagement and study."""
        return self.engagement_id, self.study_id


def runs_told(
    user: Any, *, asked: Asked, first: date, last: date, only: Q | None = None, **scope: Any
) -> tuple[Run, ...]:
    """Return the runs of some months that count for `user`, oldest month first; one statement.

    `only` keeps results; without it what is red, amber or missing, and all of whole engagements.
    """
    if only is None:
        only = Q(rag__in=(*PAST, RagStatus.MISSING)) | Q(study=None)
    found = KpiResult._base_manager.filter(only, run=OuterRef("pk"), country="")
    runs = runs_for(user, asked=asked).filter(
        period_start__gte=first, period_start__lte=last, **scope
    )
    rows = runs.annotate(found=ArraySubquery(found.values(told=TOLD))).order_by(
        "period_start", "pk"
    )
    return tuple(
        Run(*row[:-1], {one["slug"]: Told(**one) for one in row[-1]})
        for row in rows.values_list(
            "pk",
            "engagement_id",
            "engagement__vendor_id",
            "study_id",
            "period_start",
            "data_cutoff_date",
            "computed_at",
            "submission_id",
            "found",
        )
    )


TOLD = JSONObject(
    slug="definition__slug",
    version="definition__version",
    rag="rag",
    value="value",
    numerator="numerator",
    denominator="denominator",
    limits="limits",
    longest_open=F("detail__longest_open"),
    detail=Case(
        When(study=None, then=F("detail")),
        default=Value({}, output_field=JSONField()),
    ),
)
