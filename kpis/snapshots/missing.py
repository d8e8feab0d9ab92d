"""The monthly finding: what is due and not there is MISSING from its due day on.

Stored as a run of its own, so that it stays on record when the file comes later and supersedes it.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime

from kpis.definitions import catalogue
from kpis.due import (
    DueSubmission,
    by_study,
    due_date,
    due_submissions,
    duties,
    last_day,
)
from kpis.engine.definition import KpiDefinition
from kpis.models import CurrentRun, SnapshotRun
from kpis.snapshots.compute import point_to, store, wait_for_others
from kpis.snapshots.outcomes import missing
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation

SYSTEM = Actor.system("due dates")


def mark_missing(*, period: date, today: date, now: datetime) -> int:
    """Store MISSING for each scope of the month that has no results; return how many.

    Does nothing before the due date has passed, and nothing the second time.
    """
    if today <= due_date(period):
        return 0
    marked = 0
    for due in due_submissions(duties(Delegation.objects.all()), period=period):
        for study_id, definitions in _scopes(due):
            marked += _mark(due.engagement_id, study_id, definitions, period, now)
    return marked


def _scopes(due: DueSubmission) -> list[tuple[int | None, list[KpiDefinition]]]:
    chosen = [one for one in catalogue().values() if one.slug in due.slugs]
    of_studies = [one for one in chosen if by_study(one)]
    scopes: list[tuple[int | None, list[KpiDefinition]]] = [
        (study_id, of_studies) for study_id in sorted(due.study_ids) if of_studies
    ]
    if due.study_id is None:
        scopes.append((None, chosen))
    return scopes


def _mark(
    engagement_id: int,
    study_id: int | None,
    definitions: list[KpiDefinition],
    period: date,
    now: datetime,
) -> int:
    with acting(SYSTEM, reason=f"Due by {due_date(period):%-d %b %Y}"):
        wait_for_others(engagement_id, period)
        scope = {"engagement_id": engagement_id, "study_id": study_id, "period_start": period}
        if CurrentRun.objects.filter(**scope).exists():
            return 0
        run, made = SnapshotRun.objects.get_or_create(
            inputs_sha256=_name(scope, definitions),
            defaults={**scope, "data_cutoff_date": last_day(period), "computed_at": now},
        )
        if made:
            for definition in definitions:
                why = f"Nothing came by {due_date(period):%-d %b %Y}."
                store(run, definition, [missing(why)], now=now)
        point_to(run)
    return 1


def _name(scope: Mapping[str, object], definitions: list[KpiDefinition]) -> str:
    content = {"missing": str(scope), "definitions": [[d.slug, d.version] for d in definitions]}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
