"""Values that were accepted, and what became of them. Three statements at most.

A value is the result of a KPI told by study, as computed from an accepted file. It was changed
when a later computation of the same study and month, by the same definition, gave another one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kpis.due import last_day
from kpis.models import KpiResult
from kpis.own_tables.scope import OwnScope

Place = tuple[int, date]


@dataclass(frozen=True)
class Change:
    """One value that became another; both are numbers."""

    study_id: int
    protocol_number: str
    slug: str
    period: date
    changed_on: date
    before: float
    after: float

    @property
    def period_end(self) -> date:
        """The last day of the month that the value is about."""
        return last_day(self.period)

    @property
    def relative(self) -> float | None:
        """The distance as a part of the old value; None where that is nothing."""
        return None if self.before == 0 else abs(self.after - self.before) / abs(self.before)


@dataclass(frozen=True)
class Values:
    """How many values each study's month had when first accepted, and each change in order."""

    accepted: Mapping[Place, int]
    changes: tuple[Change, ...]

    def changed(self, place: Place) -> int:
        """Return how many of a month's values are not what they were at first."""
        return len({one.slug for one in self.changes if (one.study_id, one.period) == place})


def values_of(scope: OwnScope) -> Values:
    """Return the values of the engagement's months that lie in the scope, as known at its end."""
    rows = KpiResult.objects.filter(
        engagement=scope.engagement_id,
        country="",
        value__isnull=False,
        run__submission__isnull=False,
        run__computed_at__lt=scope.until,
        period_start__gte=scope.first,
        period_start__lte=scope.last,
    )
    rows = rows.filter(study=scope.study_id) if scope.study_id else rows.exclude(study=None)
    lines: dict[tuple[int, date, int], list[tuple[date, float, str, str]]] = defaultdict(list)
    first_runs: dict[Place, int] = {}
    accepted: dict[Place, int] = defaultdict(int)
    for study, protocol, period, definition, slug, run, at, value in rows.order_by(
        "run__computed_at", "run_id", "pk"
    ).values_list(
        "study_id",
        "study__protocol_number",
        "period_start",
        "definition_id",
        "definition__slug",
        "run_id",
        "run__computed_at",
        "value",
    ):
        if first_runs.setdefault((study, period), run) == run:
            accepted[study, period] += 1
        if value is not None:  # for the type checker: filtered above
            lines[study, period, definition].append((at.date(), value, protocol, slug))
    return Values(accepted, tuple(_changes(lines)))


def _changes(
    lines: Mapping[tuple[int, date, int], list[tuple[date, float, str, str]]],
) -> Iterator[Change]:
    for (study, period, _), line in lines.items():
        for (_, before, *_), (day, after, protocol, slug) in pairwise(line):
            if before != after:
                yield Change(study, protocol, slug, period, day, before, after)
