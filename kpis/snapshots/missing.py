"""The monthly finding: what is due and not there is MISSING from its due day on.

Stored as a run of its own, so that it stays on record when the file comes later and supersedes it.
A KPI that the sponsor does without for the month stands as waived in the same run.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q

from kpis.definitions import in_force
from kpis.due import DueSubmission, by_study, due_submissions, duties, last_day
from kpis.engine.definition import KpiDefinition
from kpis.models import CurrentRun, SnapshotRun, Submission
from kpis.snapshots.compute import point_to, store, wait_for_others
from kpis.snapshots.outcomes import missing
from kpis.snapshots.waived import excused, name_with, waived_kpis
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation

SYSTEM = Actor.system("due dates")


def mark_missing(*, period: date, today: date, now: datetime) -> int:
    """Store MISSING for each scope of the month that has no results; return how many.

    Does nothing before a scope's due day has passed, nothing for months before the first that an
    engagement reports here, and nothing the second time unless a waiver was given or taken back.
    """
    marked = 0
    for due in due_submissions(duties(Delegation.objects.all()), period=period):
        day = due.due(period).day
        if today <= day or not due.terms.asks_for(period):
            continue
        for study_id, definitions in _scopes(due, period):
            marked += _mark(due.engagement_id, study_id, definitions, (period, day), now)
    return marked


def _scopes(due: DueSubmission, period: date) -> list[tuple[int | None, list[KpiDefinition]]]:
    chosen = [one for one in in_force(period).values() if one.slug in due.slugs]
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
    month: tuple[date, date],
    now: datetime,
) -> int:
    period, day = month
    with acting(SYSTEM, reason=f"Due by {day:%-d %b %Y}"):
        wait_for_others(engagement_id, period)
        scope = {"engagement_id": engagement_id, "study_id": study_id, "period_start": period}
        waivers = waived_kpis(engagement_id, study_id, period)
        name = name_with(_name(scope, definitions), waivers)
        current = CurrentRun.objects.filter(**scope).select_related("run").first()
        computed = _computed(engagement_id, study_id, period)
        if current and (computed or current.run.inputs_sha256 == name):
            return 0
        run, made = SnapshotRun.objects.get_or_create(
            inputs_sha256=name,
            defaults={**scope, "data_cutoff_date": last_day(period), "computed_at": now},
        )
        if made:
            why = missing(f"Nothing came by {day:%-d %b %Y}.")
            found = [(one, excused(one, [why], waivers)) for one in definitions]
            store(run, found, now=now, limits={})
        point_to(run)
    return 1


def _computed(engagement_id: int, study_id: int | None, period: date) -> bool:
    """Tell whether the current run comes from files, and is not one of ours."""
    mine = Q() if study_id is None else Q(study=study_id) | Q(study=None)
    accepted = Submission.objects.filter(state=Submission.State.ACCEPTED, period_start=period)
    return accepted.filter(mine, engagement=engagement_id).exists()


def _name(scope: Mapping[str, object], definitions: list[KpiDefinition]) -> str:
    content = {"missing": str(scope), "definitions": [[d.slug, d.version] for d in definitions]}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
