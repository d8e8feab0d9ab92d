"""Results that were current on the as-of date, and the definitions they were computed by.

Runs and results never change: the current one of a scope is the last computed by then.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from inspection.pack.definitions import definition_row
from inspection.pack.findings import ALL_STUDIES
from inspection.pack.register import Register
from inspection.pack.rows import DefinitionRow, ResultRow, SiteResultRow
from inspection.pack.scope import Scope
from inspection.pack.text import compact_json
from kpis.engine.terms import RagStatus
from kpis.models import DefinitionSnapshot, KpiResult, SnapshotRun
from kpis.submissions.sealing import open_table
from oversight.look.marks import mark_of
from studies.models import Engagement, Study


@dataclass(frozen=True)
class Results:
    """Runs, results and definitions of the scope; results of sites are read from `runs`."""

    runs: tuple[SnapshotRun, ...]
    rows: tuple[ResultRow, ...]
    definitions: tuple[DefinitionRow, ...]
    contents: dict[str, Any]  # path in the pack → the definition as it was kept


def results_of(scope: Scope, register: Register) -> Results:
    """Gather the results; two statements."""
    runs = _current_runs(scope)
    found = list(
        KpiResult.objects.visible_to(scope.user)
        .filter(run__in=[run.pk for run in runs])
        .select_related("definition")
    )
    by_run = {run.pk: run for run in runs}
    rows = [_row(one, by_run[one.run_id], register) for one in found]
    used: dict[int, DefinitionSnapshot] = {one.definition_id: one.definition for one in found}
    kept = sorted(used.values(), key=lambda one: (one.slug, one.version))
    definitions = tuple(definition_row(one) for one in kept)
    return Results(
        runs=runs,
        rows=tuple(sorted(rows, key=_order)),
        definitions=definitions,
        contents={row.path: one.content for row, one in zip(definitions, kept, strict=True)},
    )


def _current_runs(scope: Scope) -> tuple[SnapshotRun, ...]:
    within = Q(study=scope.study) if scope.study else Q(engagement__vendor=scope.vendor)
    newest_first = (
        SnapshotRun.objects.visible_to(scope.user)
        .filter(
            within,
            engagement__sponsor=scope.sponsor,
            period_start__range=(scope.period_from, scope.period_until),
            computed_at__lt=scope.until,
        )
        .order_by("engagement_id", "study_id", "period_start", "-computed_at", "-pk")
        .distinct("engagement_id", "study_id", "period_start")
    )
    return tuple(newest_first)


def _row(result: KpiResult, run: SnapshotRun, register: Register) -> ResultRow:
    names, content = register.names, result.definition.content
    return ResultRow(
        provider=register.provider_of(result.engagement_id),
        engagement=names.of(Engagement, result.engagement_id),
        study=_study(result.study_id, register),
        country=result.country,
        period_start=result.period_start,
        data_cutoff_date=result.data_cutoff_date,
        kpi=str(content.get("name", result.definition.slug)),
        slug=result.definition.slug,
        version=result.definition.version,
        numerator=result.numerator,
        denominator=result.denominator,
        value=result.value,
        unit=str(content.get("unit", "")),
        rag=status_words(result.rag),
        submission="" if run.submission_id is None else f"S-{run.submission_id}",
        computed_at=run.computed_at,
        definition_sha256=result.definition.sha256,
        inputs_sha256=run.inputs_sha256,
        detail=compact_json(result.detail),
    )


def site_results(runs: Sequence[SnapshotRun], register: Register) -> Iterator[SiteResultRow]:
    """Yield the results by site, one sealed table in memory at a time; raises SealBroken."""
    for run in runs:
        if not run.site_results_sha256:
            continue
        table = open_table(run.site_results_sha256)
        for row in table.astype(object).where(table.notna(), None).to_dict("records"):
            yield SiteResultRow(
                provider=register.provider_of(run.engagement_id),
                engagement=register.names.of(Engagement, run.engagement_id),
                study=_study(run.study_id, register),
                period_start=run.period_start,
                slug=row["slug"],
                site=row["site"] or "",
                country=row["country"] or "",
                numerator=row["numerator"],
                denominator=row["denominator"],
                value=row["value"],
                rag=status_words(row["rag"]),
                detail=row["detail"] or "",
            )


def status_words(rag: str) -> str:
    """Say a status: "Past red limit" is said by its colour's name, as on every page."""
    return mark_of(RagStatus(rag).value).name


def _study(study_id: int | None, register: Register) -> str:
    return ALL_STUDIES if study_id is None else register.names.of(Study, study_id)


def _order(row: ResultRow) -> tuple[Any, ...]:
    rolled_up = row.study == ALL_STUDIES
    return (row.engagement, rolled_up, row.study, row.kpi, row.slug, row.country, row.period_start)
