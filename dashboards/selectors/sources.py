"""Where values come from: the study runs behind a scope, their sealed tables and original files."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from dashboards.periods import Asked
from dashboards.selectors.runs import runs_for
from kpis.models import Check, SubmittedFile, SubmittedTable


@dataclass(frozen=True)
class OriginalFile:
    """A file as it arrived."""

    id: int
    name: str
    sha256: str
    uploaded_by: str
    received_at: Any


@dataclass(frozen=True)
class Source:
    """One study's accepted submission: cut-off, tables by listing, files in the tables' order."""

    engagement_id: int
    study_id: int
    protocol_number: str
    period: date
    cutoff_date: date
    submission_id: int
    site_results_sha256: str
    tables: Mapping[str, str] = field(default_factory=dict)
    files: tuple[OriginalFile, ...] = ()


def sources_of(
    user: Any, *, asked: Asked, period: date, study_id: int | None, engagement_id: int | None = None
) -> tuple[Source, ...]:
    """Return the sources of a scope's results for the month, by study; three statements."""
    found = study_runs(
        user, asked=asked, first=period, last=period, study_id=study_id, engagement_id=engagement_id
    )
    submissions = [source.submission_id for source in found]
    checks: dict[int, list[int]] = {}
    tables: dict[int, dict[str, str]] = {}
    for table in _tables(submissions):
        made = table.check_made
        checks[made.submission_id] = made.file_ids
        tables.setdefault(made.submission_id, {})[table.listing] = table.sha256
    files = _files([pk for ids in checks.values() for pk in ids])
    return tuple(
        replace(
            source,
            tables=tables.get(source.submission_id, {}),
            files=tuple(files[pk] for pk in checks.get(source.submission_id, [])),
        )
        for source in found
    )


def study_runs(
    user: Any,
    *,
    asked: Asked,
    first: date,
    last: date,
    study_id: int | None,
    engagement_id: int | None = None,
) -> tuple[Source, ...]:
    """Return the study runs of some months, without tables and files; one statement."""
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
        Source(
            engagement_id=run.engagement_id,
            study_id=run.study_id,
            protocol_number=run.study.protocol_number,
            period=run.period_start,
            cutoff_date=run.data_cutoff_date,
            submission_id=run.submission_id,
            site_results_sha256=run.site_results_sha256,
        )
        for run in runs.select_related("study").order_by("study__protocol_number", "pk")
    )


def _tables(submissions: list[int]) -> Any:
    """Return the tables of the check that counts, of each submission."""
    latest = (
        Check.objects.filter(submission__in=submissions)
        .order_by("submission_id", "-pk")
        .distinct("submission_id")
    )
    return SubmittedTable.objects.filter(check_made__in=latest.values("pk")).select_related(
        "check_made"
    )


def _files(ids: list[int]) -> dict[int, OriginalFile]:
    rows = SubmittedFile.objects.filter(pk__in=ids).select_related("uploaded_by")
    return {
        row.pk: OriginalFile(
            row.pk, row.name, row.sha256, str(row.uploaded_by.name), row.received_at
        )
        for row in rows
    }
