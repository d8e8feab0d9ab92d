"""The monthly finding: what is due and not there is MISSING from its due day on.

Stored as a run of its own, so that it stays on record when the file comes later and supersedes it.
A KPI that the sponsor does without for the month stands as waived in the same run.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from kpis.agreed.judging import judged_by
from kpis.agreed.reading import limits_in_force
from kpis.definitions import in_force
from kpis.due import (
    DueSubmission,
    Duty,
    applicable,
    by_study,
    chosen_for,
    due_submissions,
    duties,
    last_day,
)
from kpis.engine.definition import KpiDefinition
from kpis.models import CurrentRun, SnapshotRun, Submission
from kpis.own_tables import (
    AGREED_KPIS,
    FILLED,
    KeptTable,
    OwnScope,
    agreed_kpis,
    kept_tables,
    to_keep,
)
from kpis.snapshots.compute import point_to, store, wait_for_others
from kpis.snapshots.outcomes import missing, scored
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
    held = duties(Delegation.objects.all())
    for due in due_submissions(held, period=period):
        day = due.due(period).day
        if today <= day or not due.terms.asks_for(period):
            continue
        about_it = kept_here(held, due.engagement_id, period)
        for study_id, definitions in _scopes(due, period):
            own = [one for one in about_it if study_id is None or by_study(one)]
            silence = Silence(due.engagement_id, study_id, period, day, definitions, own)
            marked += _mark(silence, now)
    return marked


@dataclass(frozen=True)
class Silence:
    """A scope of a month for which nothing came by the day it was due.

    `definitions` are the KPIs that lack it, `own` those that are about such things themselves and
    have a value all the same, such as how many submissions came in time.
    """

    engagement_id: int
    study_id: int | None
    period: date
    day: date
    definitions: list[KpiDefinition]
    own: list[KpiDefinition]

    @property
    def scope(self) -> dict[str, object]:
        """The scope as a run names it."""
        return {
            "engagement_id": self.engagement_id,
            "study_id": self.study_id,
            "period_start": self.period,
        }


def kept_here(held: Iterable[Duty], engagement_id: int, period: date) -> list[KpiDefinition]:
    """Return the KPIs asked for in an engagement that are computed from what is kept here."""
    mine = [one for one in held if one.engagement_id == engagement_id and one.covers(period)]
    functions = {one.function for one in mine}
    chosen = chosen_for(mine, period)
    asked = applicable(mine[0].engagement_model, functions, chosen, period=period)
    return [one for one in asked if set(one.listings) <= {*FILLED, AGREED_KPIS}]


def _scopes(due: DueSubmission, period: date) -> list[tuple[int | None, list[KpiDefinition]]]:
    chosen = [one for one in in_force(period).values() if one.slug in due.slugs]
    of_studies = [one for one in chosen if by_study(one)]
    scopes: list[tuple[int | None, list[KpiDefinition]]] = [
        (study_id, of_studies) for study_id in sorted(due.study_ids) if of_studies
    ]
    if due.study_id is None:
        scopes.append((None, chosen))
    return scopes


def _mark(silence: Silence, now: datetime) -> int:
    engagement_id, study_id, period = silence.engagement_id, silence.study_id, silence.period
    with acting(SYSTEM, reason=f"Due by {silence.day:%-d %b %Y}"):
        wait_for_others(engagement_id, period)
        waivers = waived_kpis(engagement_id, study_id, period)
        end = last_day(period)
        own = kept_tables(silence.own, OwnScope(engagement_id, study_id, end))
        name = name_with(_name(silence, own), waivers)
        current = CurrentRun.objects.filter(**silence.scope).select_related("run").first()
        computed = _computed(engagement_id, study_id, period)
        if current and (computed or current.run.inputs_sha256 == name):
            return 0
        run, made = SnapshotRun.objects.get_or_create(
            inputs_sha256=name,
            defaults={
                **silence.scope,
                "data_cutoff_date": end,
                "computed_at": now,
                "own_tables": to_keep(own),
            },
        )
        if made:
            _store(run, silence, own, waivers, now)
        point_to(run)
    return 1


def _store(
    run: SnapshotRun,
    silence: Silence,
    own: Mapping[str, KeptTable],
    waivers: Mapping[str, str],
    now: datetime,
) -> None:
    why = missing(f"Nothing came by {silence.day:%-d %b %Y}.")
    lacking = [
        (one, tuple(excused(one, [why], waivers)))
        for one in silence.definitions
        if one not in silence.own
    ]
    limits = limits_in_force(run.engagement, silence.period) if silence.own else {}
    tables = {name: one.opened() for name, one in own.items()}
    tables[AGREED_KPIS] = agreed_kpis((one, found[0].rag) for one, found in lacking)
    window = {"cutoff_date": run.data_cutoff_date, "period_start": run.period_start}
    about_it = [
        (one, scored(judged_by(one, limits.get(one.slug)), tables, with_countries=False, **window))
        for one in silence.own
    ]
    store(run, lacking, now=now, limits={})
    store(run, about_it, now=now, limits=limits)


def _computed(engagement_id: int, study_id: int | None, period: date) -> bool:
    """Tell whether the current run comes from files, and is not one of ours."""
    mine = Q() if study_id is None else Q(study=study_id) | Q(study=None)
    accepted = Submission.objects.filter(state=Submission.State.ACCEPTED, period_start=period)
    return accepted.filter(mine, engagement=engagement_id).exists()


def _name(silence: Silence, own: Mapping[str, KeptTable]) -> str:
    content: dict[str, object] = {
        "missing": str(silence.scope),
        "definitions": [[d.slug, d.version] for d in silence.definitions],
    }
    if silence.own:
        content["own"] = {
            "definitions": [[d.slug, d.version, d.digest()] for d in silence.own],
            "tables": {name: one.rows_sha256 for name, one in own.items()},
        }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
