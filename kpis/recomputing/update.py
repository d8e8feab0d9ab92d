"""The update: accepted months whose inputs are new or changed are computed and stored.

By the ordinary way, which is named by the hash of its inputs: where nothing changed, nothing is
computed. Earlier results stay; the newer ones supersede them, with the reason that was given.
"""

from collections.abc import Iterator
from datetime import date, datetime

from kpis.models import CurrentRun, KpiResult, RecomputedPart, SnapshotRun, Submission
from kpis.recomputing.found import Month
from kpis.recomputing.parts import submissions_of, within
from kpis.snapshots.compute import compute_for
from kpis.snapshots.inputs import cutoff_of
from oversight.storage import SealBroken

Figures = dict[tuple[str, str], dict[str, object]]
NUMBERS = ("numerator", "denominator", "value", "rag")


def months(part: RecomputedPart, *, now: datetime) -> Iterator[Month]:
    """Yield each accepted submission of the part, with what its new results say otherwise."""
    rows = submissions_of(part.recomputation).filter(within(part))
    for submission in list(rows.select_related("engagement", "study")):
        yield _month(submission, part.recomputation.reason, now)


def _month(submission: Submission, reason: str, now: datetime) -> Month:
    period = cutoff_of(submission).replace(day=1)
    whose = (submission.engagement_id, submission.study_id, period)
    before = _current(submission.engagement_id, period)
    try:
        runs = compute_for(submission=submission, now=now, reason=reason)
    except (SealBroken, FileNotFoundError) as error:
        return Month(*whose, not_possible=f"A listing that it needs is not there: {error}")
    new = [run for run in runs if before.get(run.study_id) != run.pk]
    results = KpiResult.objects.filter(run__in=new).count() if new else 0
    differing = [
        {"slug": slug, "country": country, "what": what, "stored": was, "computed": now_is}
        for run in new
        for (slug, country), what, was, now_is in _differing(before.get(run.study_id), run)
    ]
    return Month(*whose, results, bool(new), tuple(differing))


def _current(engagement_id: int, period: date) -> dict[int | None, int]:
    rows = CurrentRun.objects.filter(engagement=engagement_id, period_start=period)
    return dict(rows.values_list("study_id", "run_id"))


def _differing(
    before: int | None, run: SnapshotRun
) -> Iterator[tuple[tuple[str, str], str, object, object]]:
    """Yield what the new run says otherwise; of results that were never there, nothing."""
    if before is None:
        return
    old, new = _figures(before), _figures(run.pk)
    for key in sorted({*old, *new}):
        was, now_is = old.get(key, {}), new.get(key, {})
        for what in NUMBERS:
            if was.get(what) != now_is.get(what):
                yield key, what, was.get(what), now_is.get(what)


def _figures(run_id: int) -> Figures:
    rows = KpiResult.objects.filter(run=run_id)
    return {
        (slug, country): dict(zip(NUMBERS, figures, strict=True))
        for slug, country, *figures in rows.values_list("definition__slug", "country", *NUMBERS)
    }
