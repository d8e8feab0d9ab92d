"""Computing and storing the results of one scope and period."""

import json
import tempfile
from collections.abc import Iterator
from datetime import date, datetime

import pandas as pd
from django.db import connection

from kpis.definitions import catalogue, kept
from kpis.engine.definition import KpiDefinition
from kpis.engine.formulas import compute
from kpis.engine.rag import rag_status
from kpis.engine.shapes import Outcome
from kpis.models import CurrentRun, KpiResult, SnapshotRun, Submission
from kpis.snapshots.inputs import Inputs, cutoff_of
from kpis.submissions.states import State
from oversight import storage
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record

SYSTEM = Actor.system("snapshots")


def compute_for(*, submission: Submission, now: datetime) -> list[SnapshotRun]:
    """Compute the study's results and the engagement's roll-up for the submission's period.

    Safe to run twice and side by side: runs of one engagement and period wait for each other,
    and inputs that were computed already are only pointed at. A submission that is no longer the
    accepted one of its scope is left alone.
    """
    period = cutoff_of(submission).replace(day=1)
    with acting(SYSTEM, reason=f"{submission} accepted"):
        _wait_for_others(submission.engagement_id, period)
        accepted = tuple(
            Submission.objects.filter(
                engagement=submission.engagement_id, period_start=period, state=State.ACCEPTED
            ).order_by("study_id")
        )
        if submission.pk not in {one.pk for one in accepted}:
            return []
        definitions = tuple(catalogue().values())
        scopes = [
            Inputs(submission.engagement_id, submission.study_id, period, (mine,), definitions)
            for mine in accepted
            if mine.pk == submission.pk
        ]
        scopes.append(Inputs(submission.engagement_id, None, period, accepted, definitions))
        return [_run(scope, submission, now) for scope in scopes]


def _run(inputs: Inputs, submission: Submission, now: datetime) -> SnapshotRun:
    sha256 = inputs.sha256()
    run = SnapshotRun.objects.filter(inputs_sha256=sha256).first()
    if run is None:
        run = _compute(inputs, submission, sha256, now)
    CurrentRun.objects.update_or_create(
        engagement=run.engagement,
        study=run.study,
        period_start=inputs.period_start,
        defaults={"run": run},
    )
    return run


def _compute(inputs: Inputs, submission: Submission, sha256: str, now: datetime) -> SnapshotRun:
    tables = inputs.tables()
    by_site = _site_rows(inputs, tables) if inputs.study_id else None
    run = SnapshotRun.objects.create(
        engagement_id=inputs.engagement_id,
        study_id=inputs.study_id,
        period_start=inputs.period_start,
        data_cutoff_date=inputs.cutoff_date,
        inputs_sha256=sha256,
        computed_at=now,
        submission=submission if inputs.study_id else None,
        site_results_sha256=_seal(by_site) if by_site is not None else "",
    )
    for definition in inputs.definitions:
        snapshot = kept(definition, now=now)
        KpiResult.objects.bulk_create(
            KpiResult(
                run=run,
                definition=snapshot,
                engagement_id=inputs.engagement_id,
                study_id=inputs.study_id,
                country=country,
                period_start=inputs.period_start,
                data_cutoff_date=inputs.cutoff_date,
                numerator=outcome.numerator,
                denominator=outcome.denominator,
                value=outcome.value,
                rag=_rag(outcome, definition),
                detail=dict(outcome.detail),
            )
            for country, outcome in _outcomes(inputs, tables, definition)
        )
    record(Event.COMPUTED, actor=SYSTEM, subject=submission, detail={"run": run.pk})
    return run


def _outcomes(
    inputs: Inputs, tables: dict[str, pd.DataFrame], definition: KpiDefinition
) -> Iterator[tuple[str, Outcome]]:
    """Yield the scope as a whole under "", then, for a study, each country."""
    by_country = ((), ("country",)) if inputs.study_id is not None else ((),)
    for by in by_country:
        outcomes = compute(
            definition,
            tables,
            cutoff_date=inputs.cutoff_date,
            period_start=inputs.period_start,
            by=by,
        )
        for key, outcome in outcomes.items():
            if key != ("",):
                yield "".join(key), outcome


def _site_rows(inputs: Inputs, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one row per KPI and site: numbers as columns, the formula's detail as JSON."""
    rows = []
    for definition in inputs.definitions:
        outcomes = compute(
            definition,
            tables,
            cutoff_date=inputs.cutoff_date,
            period_start=inputs.period_start,
            by=("site", "country"),
        )
        rows += [
            {
                "slug": definition.slug,
                "site": site,
                "country": country,
                "numerator": outcome.numerator,
                "denominator": outcome.denominator,
                "value": outcome.value,
                "rag": _rag(outcome, definition),
                "detail": json.dumps(outcome.detail, sort_keys=True),
            }
            for (site, country), outcome in sorted(outcomes.items())
        ]
    return pd.DataFrame(
        rows,
        columns=["slug", "site", "country", "numerator", "denominator", "value", "rag", "detail"],
    )


def _rag(outcome: Outcome, definition: KpiDefinition) -> str:
    return rag_status(
        value=outcome.value, denominator=outcome.denominator, definition=definition
    ).value


def _seal(table: pd.DataFrame) -> str:
    with tempfile.TemporaryFile() as stream:
        table.to_parquet(stream, engine="pyarrow", compression="zstd", index=False)
        return storage.keep(stream)


def _wait_for_others(engagement_id: int, period: date) -> None:
    """Hold the engagement's period until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, %s)",
            [engagement_id, period.toordinal()],
        )
