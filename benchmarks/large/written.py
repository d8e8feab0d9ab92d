"""Results of runs, written by COPY; levels of a scope's KPI drift from month to month."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.db import connection

from benchmarks.large.register import COUNTRIES
from benchmarks.large.variations import COUNT, Variation
from kpis.definitions import catalogue, kept
from kpis.due import DueSubmission
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import Level
from kpis.models import SnapshotRun

COLUMNS = (
    "run_id, definition_id, engagement_id, study_id, period_start, data_cutoff_date, country, "
    "numerator, denominator, value, rag, limits, detail"
)


@dataclass(frozen=True)
class Scope:
    """What one run computes: of a study or (None) of an engagement, from one due submission."""

    engagement_id: int
    study_id: int | None
    due: DueSubmission | None
    definitions: tuple[KpiDefinition, ...]
    sites: str = ""


class Writer:
    """Writes months one after another; levels of a scope's KPI drift from month to month."""

    def __init__(self, pools: Mapping[str, Sequence[Variation]]) -> None:
        self.pools = pools
        self.snapshots: dict[str, int] = {}
        self.random = Random(7)  # noqa: S311 - made-up figures, the same every time
        self.levels: dict[tuple[int, int | None, str, str], int] = {}

    def definition(self, slug: str, now: datetime) -> int:
        if slug not in self.snapshots:
            self.snapshots[slug] = kept(catalogue()[slug], now=now).pk
        return self.snapshots[slug]

    def level(self, scope: Scope, slug: str, country: str) -> int:
        key = (scope.engagement_id, scope.study_id, slug, country)
        before = self.levels.get(key)
        if before is None:
            now = int(COUNT * self.random.random() ** 1.2)
        else:
            now = before + self.random.randrange(-4, 5)
        self.levels[key] = min(COUNT - 1, max(0, now))
        return self.levels[key]

    def lines(self, run: SnapshotRun, scope: Scope, *, missing: bool) -> Iterator[str]:
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


def results(
    writer: Writer,
    scopes: list[Scope],
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
