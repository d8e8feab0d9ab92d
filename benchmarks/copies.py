"""The one CRO of `reporting` copied, with everything that is stored of it, under names of its own.

Results are copied by the database, row by row; runs are named anew by the hash of their inputs, as
`kpis.snapshots` names them, so that each can be computed again from its own submissions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection

from benchmarks.reporting import (
    COMPUTED_AT,
    SYSTEM,
    Reported,
    registered,
    studies_of,
    submission_of,
)
from kpis.models import Check, CurrentRun, SnapshotRun, Submission
from kpis.snapshots.again import inputs_of
from kpis.snapshots.kept_parts import KeptPart
from kpis.snapshots.rebuilding import KeptInputs
from oversight.audit_trail.attribution import acting
from studies.models import Engagement, Study

Kept = list[tuple[SnapshotRun, KeptInputs]]

TABLES = """
    INSERT INTO kpis_submittedtable (check_made_id, listing, sha256, rows_sha256, row_count)
    SELECT copy.made, listing, sha256, rows_sha256, row_count
    FROM kpis_submittedtable
    JOIN unnest(%s::bigint[], %s::bigint[]) AS copy(of, made) ON check_made_id = copy.of
"""
RESULTS = """
    INSERT INTO kpis_kpiresult (run_id, engagement_id, study_id, definition_id, country,
        period_start, data_cutoff_date, numerator, denominator, value, rag, limits, detail)
    SELECT copy.made, %s, copy.study, definition_id, country,
        period_start, data_cutoff_date, numerator, denominator, value, rag, limits, detail
    FROM kpis_kpiresult
    JOIN unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS copy(of, made, study)
        ON run_id = copy.of
    ORDER BY kpis_kpiresult.id
"""


def copy(reported: Reported, *, cros: int) -> None:
    """Copy the CRO until there are `cros` of them."""
    runs = SnapshotRun.objects.filter(current__engagement=reported.engagement)
    kept = [(run, inputs_of(run)) for run in runs.order_by("pk")]
    for number in range(1, cros):
        with acting(SYSTEM, reason="Benchmark"):
            _one(reported, kept, number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _one(reported: Reported, kept: Kept, number: int) -> None:
    engagement = registered(reported.sponsor, reported.person, number)
    pairs = zip(studies_of(reported.engagement), studies_of(engagement), strict=True)
    study_of: dict[int | None, Study] = {old.pk: new for old, new in pairs}
    submissions = Submission.objects.bulk_create(
        submission_of(engagement, study_of[one.study_id], reported.person, one.data_cutoff_date)
        for one in reported.submissions
    )
    made = dict(zip((one.pk for one in reported.submissions), submissions, strict=True))
    _copy_checks(made)
    studies = [study_of[run.study_id].pk if run.study_id else None for run, _ in kept]
    runs = SnapshotRun.objects.bulk_create(
        SnapshotRun(
            engagement=engagement,
            study_id=study_id,
            period_start=run.period_start,
            data_cutoff_date=run.data_cutoff_date,
            inputs_sha256=_renamed(inputs, engagement, study_id, made),
            computed_at=COMPUTED_AT,
            submission=made[run.submission_id] if run.submission_id else None,
            site_results_sha256=run.site_results_sha256,
        )
        for (run, inputs), study_id in zip(kept, studies, strict=True)
    )
    old, new = [run.pk for run, _ in kept], [run.pk for run in runs]
    _execute(RESULTS, [engagement.pk, old, new, studies])
    CurrentRun.objects.bulk_create(
        CurrentRun(
            engagement=engagement, study_id=run.study_id, period_start=run.period_start, run=run
        )
        for run in runs
    )


def _copy_checks(made: Mapping[int, Submission]) -> None:
    old = dict(Check.objects.filter(submission__in=made).values_list("submission_id", "pk"))
    checks = Check.objects.bulk_create(
        Check(submission=one, checked_at=COMPUTED_AT, file_ids=[]) for one in made.values()
    )
    _execute(TABLES, [[old[pk] for pk in made], [check.pk for check in checks]])


def _renamed(
    inputs: KeptInputs,
    engagement: Engagement,
    study_id: int | None,
    made: Mapping[int, Submission],
) -> str:
    """Return the hash that names the copy of a run."""
    parts = tuple(
        KeptPart(made[part.submission.pk], None, tuple(part.sent())) for part in inputs.parts
    )
    return replace(inputs, engagement_id=engagement.pk, study_id=study_id, parts=parts).name()


def _execute(statement: str, parameters: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
