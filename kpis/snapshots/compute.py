"""Computing and storing the results of all scopes that an accepted submission touches."""

import tempfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd
from django.db import connection

from kpis.agreed.judging import to_keep
from kpis.definitions import kept_all
from kpis.engine.definition import KpiDefinition, Limits
from kpis.models import CurrentRun, KpiResult, SnapshotRun, Submission
from kpis.own_tables import to_keep as tables_to_keep
from kpis.snapshots.computing import computed
from kpis.snapshots.inputs import Inputs, cutoff_of
from kpis.snapshots.outcomes import Scored
from kpis.snapshots.scopes import scopes_of
from kpis.snapshots.waived import name_with, waived_kpis
from oversight import storage
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record

SYSTEM = Actor.system("snapshots")


def compute_for(*, submission: Submission, now: datetime, reason: str = "") -> list[SnapshotRun]:
    """Compute the results of the submission's study or studies, and the engagement's roll-up.

    `reason` is why it is done again, when it is: it stays in the audit trail.

    Safe to run twice and side by side: runs of one engagement and period wait for each other,
    and inputs that were computed already are only pointed at. A submission that is no longer the
    accepted one of its scope is left alone.
    """
    period = cutoff_of(submission).replace(day=1)
    with acting(SYSTEM, reason=reason or f"{submission} accepted"):
        wait_for_others(submission.engagement_id, period)
        scopes = scopes_of(submission, period=period)
        return [_run(inputs, submission, now) for inputs in scopes]


def _run(inputs: Inputs, submission: Submission, now: datetime) -> SnapshotRun:
    waivers = waived_kpis(inputs.engagement_id, inputs.study_id, inputs.period_start)
    sha256 = name_with(inputs.sha256(), waivers)
    run = SnapshotRun.objects.filter(inputs_sha256=sha256).first()
    if run is None:
        run = _compute(inputs, submission, sha256, waivers, now)
    point_to(run)
    return run


def _compute(
    inputs: Inputs,
    submission: Submission,
    sha256: str,
    waivers: Mapping[str, str],
    now: datetime,
) -> SnapshotRun:
    of_study = inputs.study_id is not None
    results = computed(inputs, waivers)
    run = SnapshotRun.objects.create(
        engagement_id=inputs.engagement_id,
        study_id=inputs.study_id,
        period_start=inputs.period_start,
        data_cutoff_date=inputs.cutoff_date,
        inputs_sha256=sha256,
        computed_at=now,
        submission=inputs.parts[0].submission if of_study else None,
        site_results_sha256="" if results.by_site is None else _seal(results.by_site),
        own_tables=tables_to_keep(inputs.own),
    )
    store(run, results.found, now=now, limits=inputs.limits)
    record(Event.COMPUTED, actor=SYSTEM, subject=submission, detail={"run": run.pk})
    return run


def store(
    run: SnapshotRun,
    found: Iterable[tuple[KpiDefinition, Iterable[Scored]]],
    *,
    now: datetime,
    limits: Mapping[str, Limits],
) -> None:
    """Store the outcomes of all KPIs of a run; two statements once their definitions are kept.

    `limits` are the agreed ones that judged them, by slug.
    """
    listed = list(found)
    kept = kept_all((definition for definition, _ in listed), now=now)
    KpiResult.objects.bulk_create(
        KpiResult(
            run=run,
            definition=kept[definition.slug],
            engagement_id=run.engagement_id,
            study_id=run.study_id,
            country=one.country,
            period_start=run.period_start,
            data_cutoff_date=run.data_cutoff_date,
            numerator=one.outcome.numerator,
            denominator=one.outcome.denominator,
            value=one.outcome.value,
            rag=one.rag.value,
            limits=to_keep(limits.get(definition.slug)),
            detail=dict(one.outcome.detail),
        )
        for definition, outcomes in listed
        for one in outcomes
    )


def point_to(run: SnapshotRun) -> None:
    """Make `run` the current one of its scope and period."""
    scope: dict[str, Any] = {"engagement_id": run.engagement_id, "study_id": run.study_id}
    CurrentRun.objects.update_or_create(
        **scope, period_start=run.period_start, defaults={"run": run}
    )


def wait_for_others(engagement_id: int, period: date) -> None:
    """Hold the engagement's period until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [engagement_id, period.toordinal()])


def _seal(table: pd.DataFrame) -> str:
    with tempfile.TemporaryFile() as stream:
        table.to_parquet(stream, engine="pyarrow", compression="zstd", index=False)
        return storage.keep(stream)
