"""Computing a coming version on past months, from the sealed tables of each stored run."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet

from kpis.definitions import definition_from
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import Level, RagStatus
from kpis.models import KpiResult, ShadowResult, ShadowRun
from kpis.shadow.asking import job_name
from kpis.snapshots.again import NothingCame, NotRebuilt, again
from oversight import progress
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record

SYSTEM = Actor.system("shadow runs")


def compute_shadow(*, run: ShadowRun, now: datetime) -> bool:
    """Compute and keep what the coming version says; False where that was done before.

    Stored results and which of them are current stay as they are. Everything is kept in one
    transaction, so a worker that dies leaves nothing and the next one begins anew.
    """
    if run.computed_at is not None:
        return False
    definition = definition_from(run.content)
    results = list(compared(run))
    rows = []
    for place, result in enumerate(results):
        words = f"{place} of {len(results)} results of past months"
        progress.report(job_name(run.pk), words, place / len(results))
        rows.append(_row(run, result, definition))
    with acting(SYSTEM, reason=str(run)):
        current = ShadowRun.objects.select_for_update().get(pk=run.pk)
        if current.computed_at is not None:
            return False
        ShadowResult.objects.bulk_create(rows)
        current.computed_at = now
        current.inputs_sha256 = _name(run, results)
        current.save(update_fields=["computed_at", "inputs_sha256"])
        record(Event.COMPUTED, actor=SYSTEM, subject=current, detail={"results": len(rows)})
    progress.finish(job_name(run.pk))
    return True


def compared(run: ShadowRun) -> "QuerySet[KpiResult]":
    """Return the current results of the months, as far as who asked may see them.

    Of engagements and studies as a whole; not those that the coming version itself gave.
    """
    found: QuerySet[KpiResult] = (
        KpiResult.objects.visible_to(run.asked_by)
        .filter(
            engagement__sponsor=run.sponsor_id,
            definition__slug=run.slug,
            definition__version__lt=run.version,
            country="",
            run__current__isnull=False,
            period_start__range=(run.first_month, run.last_month),
        )
        .select_related("run__engagement", "run__study")
        .order_by("period_start", "engagement_id", "study_id")
    )
    return found


def _row(run: ShadowRun, result: KpiResult, definition: KpiDefinition) -> ShadowResult:
    """Return what the version says of the rows that a stored result was computed from."""
    row = ShadowResult(
        run=run,
        result=result,
        engagement_id=result.engagement_id,
        study_id=result.study_id,
        period_start=result.period_start,
    )
    # Countries and sites are not compared, so they are not computed.
    whole = replace(definition, grain=(Level.ENGAGEMENT,))
    try:
        found = again(result.run, slugs={run.slug}, definitions=[whole])
    except NothingCame as error:
        row.rag, row.detail = RagStatus.MISSING.value, {"why": str(error)}
        return row
    except NotRebuilt as error:
        row.detail = {"why": str(error)}
        return row
    scored = found.outcomes[run.slug, ""]
    outcome = scored.outcome
    row.rag, row.detail = scored.rag.value, dict(outcome.detail)
    row.numerator, row.denominator = outcome.numerator, outcome.denominator
    row.value = outcome.value
    return row


def _name(run: ShadowRun, results: list[KpiResult]) -> str:
    """Return the hash of what was compared: the same again gives the same results."""
    content = [run.sha256, [[one.pk, one.run.inputs_sha256] for one in results]]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()
