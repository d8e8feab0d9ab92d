"""Sixty months of submissions, runs and results, as intake and computing would have left them.

A submission in a hundred was restated once, of a small portfolio two a month; in the newest month
one in forty did not come, and what it should have fed stands as missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from benchmarks.large.handed import moment, submissions, tables
from benchmarks.large.register import Register
from benchmarks.large.sealed import seal_enrolment, seal_sites
from benchmarks.large.variations import Variation
from benchmarks.large.written import Scope, Writer, results
from dashboards.periods import months_back
from kpis.due import DueSubmission, Duty, applicable, by_study, due_submissions, duties, last_day
from kpis.engine.terms import Level
from kpis.models import CurrentRun, SnapshotRun, Submission
from studies.models import Delegation

RESTATED_ONE_IN, MISSING_ONE_IN = 100, 40


@dataclass(frozen=True)
class Made:
    """How much was written."""

    months: tuple[date, ...]
    submissions: int
    runs: int
    results: int


def make_months(
    register: Register, pools: dict[str, tuple[Variation, ...]], *, last: date, months: int
) -> Made:
    """Write the months up to `last`."""
    periods = months_back(last, months)
    held = duties(Delegation.objects.filter(study__in=register.studies))
    scopes = list(_scopes(register, held, pools, last))
    enrolment = {
        study.pk: seal_enrolment(study.protocol_number, first=periods[0], months=months)
        for study in register.studies
    }
    writer = Writer(pools)
    counts = [0, 0, 0]
    for place, period in enumerate(periods):
        found = _month(register, writer, scopes, enrolment, period, newest=place == months - 1)
        counts = [before + more for before, more in zip(counts, found, strict=True)]
    return Made(periods, *counts)


def _scopes(
    register: Register,
    held: tuple[Duty, ...],
    pools: dict[str, tuple[Variation, ...]],
    period: date,
) -> Iterator[Scope]:
    models = {one.pk: one.model for one in register.engagements}
    functions: dict[tuple[int, int | None], set[str]] = {}
    chosen = {}
    for duty in held:
        chosen[duty.engagement_id] = duty.chosen(period)
        for study in (None, duty.study_id):
            functions.setdefault((duty.engagement_id, study), set()).add(duty.function)
    due = due_submissions(held, period=period)
    for (engagement, study), names in sorted(functions.items(), key=lambda one: str(one[0])):
        found = [
            one
            for one in applicable(models[engagement], names, chosen[engagement], period=period)
            if one.slug in pools and (study is None or by_study(one))
        ]
        fed = next(
            (
                one
                for one in due
                if one.engagement_id == engagement
                and (one.study_id == study or study in one.study_ids)
            ),
            None,
        )
        by_site = {one.slug: pools[one.slug] for one in found if Level.SITE in one.grain}
        sites = seal_sites(f"{engagement} {study}", by_site) if study and by_site else ""
        yield Scope(engagement, study, fed, tuple(found), sites)


def _month(
    register: Register,
    writer: Writer,
    scopes: list[Scope],
    enrolment: dict[int, tuple[str, str, int]],
    period: date,
    *,
    newest: bool,
) -> tuple[int, int, int]:
    cutoff = last_day(period)
    due = list(dict.fromkeys(scope.due for scope in scopes if scope.due is not None))
    absent = {
        one
        for place, one in enumerate(due)
        if newest and one.study_id and not place % MISSING_ONE_IN
    }
    # Of a small portfolio more, so that its pages show one too.
    one_in = min(RESTATED_ONE_IN, len(due) // 2)
    restated = {
        one
        for place, one in enumerate(due)
        if one not in absent and (place + period.month) % one_in == 0
    }
    sent = submissions(register, [one for one in due if one not in absent], cutoff, days=4)
    tables(sent, enrolment)
    runs = _runs(scopes, sent, absent, period, days=5)
    written = results(writer, scopes, runs, absent)
    if restated:
        again = [scope for scope in scopes if scope.due in restated]
        earlier = {one: sent[one] for one in restated}
        Submission.objects.filter(pk__in=[one.pk for one in earlier.values()]).update(
            state=Submission.State.SUPERSEDED
        )
        resent = submissions(register, list(restated), cutoff, days=9, earlier=earlier)
        tables(resent, enrolment)
        sent |= resent
        renewed = _runs(again, sent, set(), period, days=10)
        written += results(writer, again, renewed, set())
        runs |= renewed
    CurrentRun.objects.bulk_create(
        CurrentRun(
            engagement_id=run.engagement_id,
            study_id=run.study_id,
            period_start=period,
            run=run,
        )
        for run in runs.values()
    )
    return len(sent) + len(restated), len(runs) + (len(again) if restated else 0), written


def _runs(
    scopes: list[Scope],
    sent: dict[DueSubmission, Submission],
    absent: set[DueSubmission],
    period: date,
    *,
    days: int,
) -> dict[tuple[int, int | None], SnapshotRun]:
    cutoff = last_day(period)
    made = SnapshotRun.objects.bulk_create(
        SnapshotRun(
            engagement_id=scope.engagement_id,
            study_id=scope.study_id,
            period_start=period,
            data_cutoff_date=cutoff,
            inputs_sha256=sha256(
                f"{scope.engagement_id} {scope.study_id} {period} {days}".encode()
            ).hexdigest(),
            computed_at=moment(cutoff, days),
            submission=sent.get(scope.due) if scope.study_id and scope.due else None,
            site_results_sha256="" if scope.due in absent else scope.sites,
        )
        for scope in scopes
    )
    return {(run.engagement_id, run.study_id): run for run in made}
