"""Where values come from: study runs with their sealed site results, and the submissions behind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from dashboards.periods import Asked
from dashboards.selectors.runs import runs_for
from kpis.models import Check, Submission, SubmittedFile, SubmittedTable
from kpis.submissions.reach import spellings


@dataclass(frozen=True)
class StudyRun:
    """The results of one study under one engagement; `names` are the study's names in files."""

    engagement_id: int
    study_id: int
    protocol_number: str
    names: frozenset[str]
    period: date
    computed_at: datetime
    site_results_sha256: str


@dataclass(frozen=True)
class OriginalFile:
    """A file as it arrived."""

    id: int
    name: str
    sha256: str
    uploaded_by: str
    received_at: Any


@dataclass(frozen=True)
class Part:
    """One accepted submission: its cut-off, tables and their rows by listing, files in their order.

    With `names` only its rows that name a study so belong here. `protocol_number` is empty for one
    that spans studies.
    """

    engagement_id: int
    protocol_number: str
    cutoff_date: date
    tables: Mapping[str, str]
    files: tuple[OriginalFile, ...]
    names: frozenset[str] | None = None
    submission_id: int | None = None
    accepted_at: datetime | None = None
    rows: Mapping[str, int] = field(default_factory=dict)


def study_runs(
    user: Any,
    *,
    asked: Asked,
    first: date,
    last: date,
    study_id: int | None,
    engagement_id: int | None = None,
) -> tuple[StudyRun, ...]:
    """Return the study runs of some months for which a file came; one statement."""
    runs: Any = runs_for(user, asked=asked).filter(
        period_start__gte=first,
        period_start__lte=last,
        study__isnull=False,
        submission__isnull=False,
    )
    if engagement_id is not None:
        runs = runs.filter(engagement_id=engagement_id)
    if study_id is not None:
        runs = runs.filter(study_id=study_id)
    return tuple(
        StudyRun(
            engagement_id=run.engagement_id,
            study_id=run.study_id,
            protocol_number=run.study.protocol_number,
            names=spellings(run.study),
            period=run.period_start,
            computed_at=run.computed_at,
            site_results_sha256=run.site_results_sha256,
        )
        for run in runs.select_related("study").order_by("study__protocol_number", "pk")
    )


def parts_of(
    user: Any,
    *,
    period: date,
    computed_at: datetime | None,
    engagement_id: int,
    run: StudyRun | None = None,
) -> tuple[Part, ...]:
    """Return what the results computed then were made from; three statements.

    Of an engagement as a whole, or of one study under it with `run`: its own submission first, then
    the rows about it in one that spans studies.
    """
    return parts_of_runs(
        user,
        period=period,
        computed_at=computed_at,
        engagement_ids=[engagement_id],
        study=(run.study_id, run.names) if run else None,
    )


def parts_of_runs(
    user: Any,
    *,
    period: date,
    computed_at: datetime | None,
    engagement_ids: Iterable[int],
    study: tuple[int, frozenset[str]] | None,
) -> tuple[Part, ...]:
    """Return the same for several engagements at once; three statements, none without results."""
    if computed_at is None:
        return ()
    states = [Submission.State.ACCEPTED, Submission.State.SUPERSEDED]
    chosen: Any = Submission.objects.visible_to(user).filter(
        engagement_id__in=list(engagement_ids),
        period_start=period,
        state__in=states,
        decided_at__lte=computed_at,
    )
    if study:
        chosen = chosen.filter(Q(study_id=study[0]) | Q(study__isnull=True))
    latest = chosen.order_by("engagement_id", "study_id", "-decided_at", "-pk").distinct(
        "engagement_id", "study_id"
    )
    submissions = list(latest.select_related("study"))
    sealed, file_ids = _tables([one.pk for one in submissions])
    files = _files([pk for ids in file_ids.values() for pk in ids])
    return tuple(
        Part(
            engagement_id=one.engagement_id,
            protocol_number=one.study.protocol_number if one.study else "",
            cutoff_date=one.data_cutoff_date,
            tables={name: table.sha256 for name, table in sealed.get(one.pk, {}).items()},
            rows={name: table.row_count for name, table in sealed.get(one.pk, {}).items()},
            files=tuple(files[pk] for pk in file_ids.get(one.pk, [])),
            names=study[1] if study and one.study_id is None else None,
            submission_id=one.pk,
            accepted_at=one.decided_at,
        )
        for one in submissions
    )


def _tables(
    submissions: list[int],
) -> tuple[dict[int, dict[str, SubmittedTable]], dict[int, list[int]]]:
    """Return tables by listing, and the ids of files, of the check that counts of each."""
    latest = (
        Check.objects.filter(submission__in=submissions)
        .order_by("submission_id", "-pk")
        .distinct("submission_id")
    )
    tables: dict[int, dict[str, SubmittedTable]] = {}
    file_ids: dict[int, list[int]] = {}
    for table in SubmittedTable.objects.filter(check_made__in=latest.values("pk")).select_related(
        "check_made"
    ):
        made = table.check_made
        file_ids[made.submission_id] = made.file_ids
        tables.setdefault(made.submission_id, {})[table.listing] = table
    return tables, file_ids


def _files(ids: list[int]) -> dict[int, OriginalFile]:
    rows = SubmittedFile.objects.filter(pk__in=ids).select_related("uploaded_by")
    return {
        row.pk: OriginalFile(
            row.pk, row.name, row.sha256, str(row.uploaded_by.name), row.received_at
        )
        for row in rows
    }
