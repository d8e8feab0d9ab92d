"""Results of whole runs without countries: read once, then kept in the memory of the process.

A run never changes after it was computed, and its name, the hash of all its inputs, is unique. So
what is kept is always right, and nobody sees it but through a run that `visible_to` let through.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from threading import Lock
from typing import Any, NamedTuple

from dashboards.selectors.deciding import Decision, Light, decisions, light
from dashboards.selectors.runs import Reading, RunFact
from kpis.engine.terms import Dimension, RagStatus
from kpis.models import KpiResult

# About 5 kB each.
RUNS_KEPT = 12_000
FIELDS = (
    "run_id",
    "definition__slug",
    "definition__version",
    "numerator",
    "denominator",
    "value",
    "rag",
    "limits",
    "detail__why",
    "detail__longest_open",
)


class Row(NamedTuple):
    """One KPI of a run."""

    slug: str
    version: int
    numerator: float | None
    denominator: float | None
    value: float | None
    rag: str
    limits: Mapping[str, Any] | None
    why: str | None
    longest_open: float | None


@dataclass(frozen=True, eq=False)
class RunResults:
    """The results of one run by KPI."""

    rows: Mapping[str, Row]

    @cached_property
    def lights(self) -> dict[str, Light]:
        """Return what decides between the KPIs."""
        return {slug: light(row.rag, row.value) for slug, row in self.rows.items()}

    @cached_property
    def versions(self) -> frozenset[tuple[str, int]]:
        """Return the versions used for what is not missing."""
        rows = self.rows.values()
        return frozenset((one.slug, one.version) for one in rows if one.rag != RagStatus.MISSING)


@lru_cache(maxsize=2 * RUNS_KEPT)
def turned(now: RunResults, before: RunResults) -> tuple[tuple[str, str, str], ...]:
    """Return the KPIs with another status than in an earlier run: that status, then this one."""
    was = before.lights
    return tuple(
        (slug, was[slug].status if slug in was else "", light.status)
        for slug, light in now.lights.items()
        if slug not in was or was[slug].status != light.status
    )


@lru_cache(maxsize=RUNS_KEPT)
def decisions_of(run: RunResults, period: date) -> dict[Dimension, Decision]:
    """Return the same for a run, worked out once; `period` is the run's."""
    return decisions(run.lights, period)


NOTHING = RunResults({})
Scope = tuple[int, int | None]
_kept: dict[str, RunResults] = {}
_writing = Lock()


@dataclass(frozen=True)
class Results:
    """Runs by engagement and study (None: the whole), then month, and what they found."""

    by_scope: Mapping[Scope, Mapping[date, RunFact]]
    of_run: Mapping[int, RunResults]

    def at(self, scope: Scope, month: date) -> RunResults:
        """Return what the run of a scope and month found; nothing where there is no run."""
        run = self.by_scope.get(scope, {}).get(month)
        return NOTHING if run is None else self.of_run[run.id]

    def reading(self, slug: str, scope: Scope, month: date) -> Reading | None:
        """Return one result."""
        run = self.by_scope.get(scope, {}).get(month)
        row = None if run is None else self.of_run[run.id].rows.get(slug)
        return None if run is None or row is None else _reading(run, row)

    def readings(self, slug: str, scope: Scope) -> dict[date, Reading]:
        """Return one KPI of a scope by month."""
        found = {}
        for month, run in self.by_scope.get(scope, {}).items():
            row = self.of_run[run.id].rows.get(slug)
            if row is not None:
                found[month] = _reading(run, row)
        return found

    @property
    def runs(self) -> Iterable[RunFact]:
        """Return all runs."""
        return (run for months in self.by_scope.values() for run in months.values())

    def every(self) -> Iterable[Reading]:
        """Return all results, oldest first."""
        for run in sorted(self.runs, key=lambda one: (one.period, one.id)):
            for row in self.of_run[run.id].rows.values():
                yield _reading(run, row)


def results_of(*groups: Sequence[RunFact]) -> tuple[Results, ...]:
    """Return the results of groups of runs that the reader may see.

    One statement for all groups, none if all are kept. Of two runs of a scope and month in a group
    the last one counts.
    """
    known = {run.id: _kept.get(run.name) for runs in groups for run in runs}
    of_run = {pk: one for pk, one in known.items() if one is not None}
    names = {run.id: run.name for runs in groups for run in runs if run.id not in of_run}
    if names:
        of_run |= _load(names)
    return tuple(_results(runs, of_run) for runs in groups)


def _results(runs: Sequence[RunFact], of_run: Mapping[int, RunResults]) -> Results:
    by_scope: dict[Scope, dict[date, RunFact]] = {}
    for run in runs:
        by_scope.setdefault((run.engagement_id, run.study_id), {})[run.period] = run
    return Results(by_scope, {run.id: of_run[run.id] for run in runs})


def _load(names: Mapping[int, str]) -> dict[int, RunResults]:
    rows: dict[int, dict[str, Row]] = {run: {} for run in names}
    found = KpiResult.objects.filter(run__in=list(names), country="")
    words: dict[str, str] = {}
    for run, *facts in found.order_by("pk").values_list(*FIELDS):
        row = Row(*facts)
        # One text for all rows that say it.
        slug, rag = words.setdefault(row.slug, row.slug), words.setdefault(row.rag, row.rag)
        rows[run][slug] = row._replace(slug=slug, rag=rag)
    loaded = {run: RunResults(of_run) for run, of_run in rows.items()}
    with _writing:
        for run, results in loaded.items():
            _kept[names[run]] = results
        for name in list(_kept)[: max(0, len(_kept) - RUNS_KEPT)]:
            del _kept[name]
    return loaded


def _reading(run: RunFact, row: Row) -> Reading:
    return Reading(
        run.id,
        row.slug,
        row.version,
        run.engagement_id,
        run.study_id,
        "",
        run.period,
        run.cutoff_date,
        run.computed_at,
        run.submission_id,
        row.numerator,
        row.denominator,
        row.value,
        row.rag,
        row.limits,
        row.why,
        row.longest_open,
        {},
    )
