"""Which parts a recomputation has: one per study, one per engagement for what spans studies."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from kpis.models import CurrentRun, Recomputation, RecomputedPart, Submission
from kpis.submissions.states import State


def planned(recomputation: Recomputation) -> list[RecomputedPart]:
    """Return the parts, not saved, the largest first so that none is left to the end; 1 statement.

    A part is a study, or an engagement with what belongs to all its studies together. Months of
    which nothing was accepted are in none: there is nothing to compute.
    """
    rows = runs_of(recomputation) if is_proof(recomputation) else submissions_of(recomputation)
    return sorted(_parts(recomputation, rows), key=lambda part: (-part.months, part.study_id or 0))


def is_proof(recomputation: Recomputation) -> bool:
    """Tell the two kinds apart."""
    return recomputation.kind == Recomputation.Kind.PROOF


def runs_of(recomputation: Recomputation) -> Any:
    """Return the current runs that come from accepted files, in the order of their months."""
    accepted = Submission.objects.filter(
        engagement=OuterRef("engagement"),
        period_start=OuterRef("period_start"),
        state=State.ACCEPTED,
    )
    rows = CurrentRun.objects.filter(scope_of(recomputation)).filter(
        Q(run__submission__isnull=False) | Q(Exists(accepted), study=None)
    )
    return rows.order_by("period_start", "pk")


def submissions_of(recomputation: Recomputation) -> Any:
    """Return the accepted submissions, in the order of their months."""
    rows = Submission.objects.filter(scope_of(recomputation), state=State.ACCEPTED)
    return rows.order_by("period_start", "pk")


def within(part: RecomputedPart) -> Q:
    """Return the condition for the part's rows among those of its recomputation."""
    if part.study_id is not None:
        return Q(study=part.study_id)
    return Q(study=None, engagement=part.engagement_id)


def scope_of(recomputation: Recomputation) -> Q:
    """Return the condition for rows with engagement, study and month."""
    scope = Q(
        engagement__sponsor=recomputation.sponsor_id,
        period_start__range=(recomputation.first_month, recomputation.last_month),
    )
    if recomputation.vendor_id is not None:
        scope &= Q(engagement__vendor=recomputation.vendor_id)
    if recomputation.study_id is not None:
        scope &= Q(study=recomputation.study_id)
    return scope


def _parts(recomputation: Recomputation, rows: Any) -> Iterable[RecomputedPart]:
    months: dict[tuple[int | None, int | None], int] = {}
    counted = rows.order_by().values_list("study_id", "engagement_id").annotate(Count("pk"))
    for study_id, engagement_id, count in counted:
        key = (study_id, None if study_id else engagement_id)
        months[key] = months.get(key, 0) + count
    for (study_id, engagement_id), count in months.items():
        yield RecomputedPart(
            recomputation=recomputation,
            study_id=study_id,
            engagement_id=engagement_id,
            months=count,
        )
