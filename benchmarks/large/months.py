"""Sixty months of submissions, runs and results, as intake and computing would have left them.

A submission in a hundred was restated once; in the newest month one in forty did not come, and
what it should have fed stands as missing.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from random import Random

from django.db import connection

from benchmarks.large.register import COUNTRIES, Register
from benchmarks.large.sealed import seal_enrolment, seal_sites
from benchmarks.large.variations import COUNT, Variation
from dashboards.periods import months_back
from kpis.definitions import catalogue, kept
from kpis.due import DueSubmission, Duty, applicable, by_study, due_submissions, duties, last_day
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import Level
from kpis.models import Check, CurrentRun, SnapshotRun, Submission, SubmittedTable
from studies.models import Delegation

RESTATED_ONE_IN, MISSING_ONE_IN = 100, 40
COLUMNS = (
    "run_id, definition_id, engagement_id, study_id, period_start, data_cutoff_date, country, "
    "numerator, denominator, value, rag, limits, detail"
)


@dataclass(frozen=True)
class Made:
    """How much was written."""

    months: tuple[date, ...]
    submissions: int
    runs: int
    results: int


@dataclass(frozen=True)
class _Scope:
    """What one run computes: of a study or (None) of an engagement, from one due submission."""

    engagement_id: int
    study_id: int | None
    due: DueSubmission | None
    definitions: tuple[KpiDefinition, ...]
    sites: str = ""


class _Writer:
    """Writes months one after another; levels of a scope's KPI drift from month to month."""

    def __init__(self, register: Register, pools: dict[str, tuple[Variation, ...]]) -> None:
        self.register = register
        self.pools = pools
        self.snapshots: dict[str, int] = {}
        self.random = Random(7)  # noqa: S311 - made-up figures, the same every time
        self.levels: dict[tuple[int, int | None, str, str], int] = {}

    def definition(self, slug: str, now: datetime) -> int:
        if slug not in self.snapshots:
            self.snapshots[slug] = kept(catalogue()[slug], now=now).pk
        return self.snapshots[slug]

    def level(self, scope: _Scope, slug: str, country: str) -> int:
        key = (scope.engagement_id, scope.study_id, slug, country)
        before = self.levels.get(key)
        if before is None:
            now = int(COUNT * self.random.random() ** 1.2)
        else:
            now = before + self.random.randrange(-4, 5)
        self.levels[key] = min(COUNT - 1, max(0, now))
        return self.levels[key]

    def lines(self, run: SnapshotRun, scope: _Scope, *, missing: bool) -> Iterator[str]:
        head = f"\t{run.engagement_id}\t{run.study_id or chr(92) + 'N'}"
        head += f"\t{run.period_start}\t{run.data_cutoff_date}\t"
        for one in scope.definitions:
            definition = self.definition(one.slug, run.computed_at)
            if missing:
                why = f'{{"why": "Nothing came by {run.computed_at:%-d %b %Y}."}}'
                yield f"{run.pk}\t{definition}{head}\t\\N\t\\N\t\\N\tmissing\t\\N\t{why}\n"
                continue
            pool = self.pools[one.slug]
            places = [""]
            if scope.study_id is not None and Level.COUNTRY in one.grain:
                places += COUNTRIES
            for country in places:
                text = pool[self.level(scope, one.slug, country)].copied
                yield f"{run.pk}\t{definition}{head}{country}\t{text}\n"


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
    writer = _Writer(register, pools)
    counts = [0, 0, 0]
    for place, period in enumerate(periods):
        found = _month(writer, scopes, enrolment, period, newest=place == months - 1)
        counts = [before + more for before, more in zip(counts, found, strict=True)]
    return Made(periods, *counts)


def _scopes(
    register: Register,
    held: tuple[Duty, ...],
    pools: dict[str, tuple[Variation, ...]],
    period: date,
) -> Iterator[_Scope]:
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
        yield _Scope(engagement, study, fed, tuple(found), sites)


def _month(
    writer: _Writer,
    scopes: list[_Scope],
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
    restated = {
        one
        for place, one in enumerate(due)
        if one not in absent and (place + period.month) % RESTATED_ONE_IN == 0
    }
    sent = _submissions(writer.register, [one for one in due if one not in absent], cutoff, days=4)
    _tables(sent, enrolment)
    runs = _runs(scopes, sent, absent, period, days=5)
    results = _results(writer, scopes, runs, absent)
    if restated:
        again = [scope for scope in scopes if scope.due in restated]
        earlier = {one: sent[one] for one in restated}
        Submission.objects.filter(pk__in=[one.pk for one in earlier.values()]).update(
            state=Submission.State.SUPERSEDED
        )
        resent = _submissions(writer.register, list(restated), cutoff, days=9, earlier=earlier)
        _tables(resent, enrolment)
        sent |= resent
        renewed = _runs(again, sent, set(), period, days=10)
        results += _results(writer, again, renewed, set())
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
    return len(sent) + len(restated), len(runs) + (len(again) if restated else 0), results


def _submissions(
    register: Register,
    due: list[DueSubmission],
    cutoff: date,
    *,
    days: int,
    earlier: dict[DueSubmission, Submission] | None = None,
) -> dict[DueSubmission, Submission]:
    at = _moment(cutoff, days)
    by_engagement = {one.pk: one for one in register.engagements}
    made = Submission.objects.bulk_create(
        Submission(
            engagement_id=one.engagement_id,
            study_id=one.study_id,
            period_start=cutoff.replace(day=1),
            data_cutoff_date=cutoff,
            state=Submission.State.ACCEPTED,
            created_by=register.managers[by_engagement[one.engagement_id].vendor_id],
            received_at=at,
            submitted_at=at,
            submitted_by=register.managers[by_engagement[one.engagement_id].vendor_id],
            decided_at=at + timedelta(hours=4),
            decided_by=register.reader,
            supersedes=(earlier or {}).get(one),
            restatement_reason="Rows came in later." if earlier else "",
            restatement_cause=Submission.RestatementCause.LATE_DATA if earlier else "",
        )
        for one in due
    )
    return dict(zip(due, made, strict=True))


def _tables(
    sent: dict[DueSubmission, Submission], enrolment: dict[int, tuple[str, str, int]]
) -> None:
    """The listing that pages open; of the others only the results are kept here."""
    with_it = {
        due: submission
        for due, submission in sent.items()
        if "enrolment" in due.listings and due.study_id is not None
    }
    checks = Check.objects.bulk_create(
        Check(
            submission=submission,
            checked_at=submission.received_at,
            data_cutoff_date=submission.data_cutoff_date,
            file_ids=[],
        )
        for submission in with_it.values()
    )
    SubmittedTable.objects.bulk_create(
        SubmittedTable(
            check_made=check,
            listing="enrolment",
            sha256=enrolment[due.study_id or 0][0],
            rows_sha256=enrolment[due.study_id or 0][1],
            row_count=enrolment[due.study_id or 0][2],
        )
        for due, check in zip(with_it, checks, strict=True)
    )


def _runs(
    scopes: list[_Scope],
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
            computed_at=_moment(cutoff, days),
            submission=sent.get(scope.due) if scope.study_id and scope.due else None,
            site_results_sha256="" if scope.due in absent else scope.sites,
        )
        for scope in scopes
    )
    return {(run.engagement_id, run.study_id): run for run in made}


def _results(
    writer: _Writer,
    scopes: list[_Scope],
    runs: dict[tuple[int, int | None], SnapshotRun],
    absent: set[DueSubmission],
) -> int:
    text = "".join(
        line
        for scope in scopes
        for line in writer.lines(
            runs[scope.engagement_id, scope.study_id],
            scope,
            missing=scope.due in absent and scope.study_id is not None,
        )
    )
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY kpis_kpiresult ({COLUMNS}) FROM STDIN", io.StringIO(text))
    return text.count("\n")


def _moment(cutoff: date, days: int) -> datetime:
    return datetime.combine(cutoff + timedelta(days=days), time(9), UTC)
