"""What was restated: which value from what to what, why, who found it, and how late."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dashboards.fractions import shown_value
from dashboards.selectors.months import Span
from dashboards.selectors.quality.sent import Sent
from kpis.definitions import catalogue
from kpis.due import by_study
from kpis.models import KpiResult, Submission

MOVES_NAMED = 3
CAUSES = dict(Submission.RestatementCause.choices)
FINDERS = dict(Submission.FoundBy.choices)
FIELDS = (
    "definition__slug",
    "engagement_id",
    "study_id",
    "period_start",
    "run__computed_at",
    "value",
    "rag",
    "detail__longest_open",
)


@dataclass(frozen=True)
class Figure:
    """One result as it stood; `shown` is its value in words."""

    slug: str
    engagement_id: int
    study_id: int | None
    period: date
    computed_at: datetime
    value: float | None
    rag: str
    longest_open: float | None

    @property
    def shown(self) -> str:
        """The value in the unit of its KPI."""
        return shown_value(catalogue()[self.slug], self.value, self.longest_open)


@dataclass(frozen=True)
class Move:
    """One KPI that a restatement moved."""

    slug: str
    name: str
    engagement_id: int
    study_id: int | None
    before: Figure
    after: Figure


@dataclass(frozen=True)
class Restatement:
    """One submission that replaced another; `delay` counts days since the first was accepted."""

    sent: Sent
    cause: str
    found_by: str
    delay: int
    moves: tuple[Move, ...]

    @property
    def named(self) -> tuple[Move, ...]:
        """The first of the KPIs that moved."""
        return self.moves[:MOVES_NAMED]

    @property
    def others(self) -> int:
        """How many moved beside them."""
        return max(0, len(self.moves) - MOVES_NAMED)


def restatements(user: Any, *, span: Span, came: Sequence[Sent]) -> tuple[Restatement, ...]:
    """Return the restatements of the months, the newest decision first; one statement."""
    restating = [one for one in came if one.restates]
    figures = _figures(user, span, restating)
    found = [
        Restatement(
            sent=one,
            cause=CAUSES.get(one.cause, ""),
            found_by=FINDERS.get(one.found_by, ""),
            delay=_days(one),
            moves=tuple(_moves(one, figures)),
        )
        for one in restating
    ]
    return tuple(sorted(found, key=lambda one: _decided(one.sent), reverse=True))


def _decided(one: Sent) -> datetime:
    return one.decided_at or one.received_at


def _days(one: Sent) -> int:
    if one.decided_at is None or one.first_accepted_at is None:
        return 0
    return (one.decided_at.date() - one.first_accepted_at.date()).days


Place = tuple[str, int, int | None, date]


def _figures(user: Any, span: Span, restating: Iterable[Sent]) -> Mapping[Place, list[Figure]]:
    """Return every result of the months restated, in the order of computing, by its place."""
    places = [(one.engagement_id, one.period) for one in restating]
    rows = KpiResult.objects.visible_to(user).filter(
        country="",
        engagement_id__in={engagement for engagement, _ in places},
        period_start__in={period for _, period in places},
        definition__slug__in=list(catalogue()),
    )
    if span.asked.known_until is not None:
        rows = rows.filter(run__computed_at__lt=span.asked.known_until)
    found: dict[Place, list[Figure]] = defaultdict(list)
    for row in rows.order_by("run__computed_at", "pk").values_list(*FIELDS):
        one = Figure(*row)
        found[one.slug, one.engagement_id, one.study_id, one.period].append(one)
    return found


def _moves(sent: Sent, figures: Mapping[Place, Sequence[Figure]]) -> Iterable[Move]:
    """Yield the KPIs whose figure was another one before: where each of them is told."""
    for (slug, engagement, study, period), line in figures.items():
        if (engagement, period) != (sent.engagement_id, sent.period) or sent.decided_at is None:
            continue
        if by_study(catalogue()[slug]) is not (study is not None):
            continue
        if study is not None and sent.study_id not in (None, study):
            continue
        before = [one for one in line if one.computed_at < sent.decided_at]
        after = [one for one in line if one.computed_at >= sent.decided_at]
        if before and after and _differ(before[-1], after[0]):
            name = catalogue()[slug].short_name
            yield Move(slug, name, engagement, study, before[-1], after[0])


def _differ(before: Figure, after: Figure) -> bool:
    return (before.value, before.rag, before.longest_open) != (
        after.value,
        after.rag,
        after.longest_open,
    )
