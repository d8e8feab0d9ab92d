"""What was due for a month and where it stands: from delegations and submissions, never typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from dashboards.periods import Asked, last_day
from kpis.definitions import catalogue
from kpis.models import Submission
from studies.models import Delegation

ACCEPTED, IN_REVIEW, NOT_SENT, AWAITED = "accepted", "in review", "not sent", "awaited"


@dataclass(frozen=True)
class Duty:
    """A function that a CRO has on a study from a day to a day (None: open end)."""

    engagement_id: int
    study_id: int
    protocol_number: str
    function: str
    from_date: date
    until_date: date | None

    def covers(self, period: date) -> bool:
        """Say whether the duty holds on any day of the month."""
        begins = self.from_date <= last_day(period)
        return begins and (self.until_date is None or self.until_date >= period)


@dataclass(frozen=True)
class Due:
    """One file due: of an engagement, for a study; with where it stands."""

    engagement_id: int
    study_id: int
    protocol_number: str
    functions: frozenset[str]
    state: str
    due_after: date

    @property
    def missing(self) -> bool:
        """True when the month is over and no file of it was accepted."""
        return self.state in (IN_REVIEW, NOT_SENT)


def duties(user: Any) -> tuple[Duty, ...]:
    """Return the delegated functions on which the catalogue has a KPI; one statement."""
    slugs = {function for definition in catalogue().values() for function in definition.functions}
    rows = (
        Delegation.objects.visible_to(user)
        .filter(engagement__isnull=False, function__slug__in=slugs)
        .order_by("study__protocol_number", "pk")
        .values_list(
            "engagement_id",
            "study_id",
            "study__protocol_number",
            "function__slug",
            "from_date",
            "until_date",
        )
    )
    return tuple(Duty(*row) for row in rows)


def files_due(
    user: Any, *, asked: Asked, period: date, held: Iterable[Duty], accepted: set[tuple[int, int]]
) -> tuple[Due, ...]:
    """Return each file due for the month; one statement.

    `accepted` are the (engagement, study) pairs with a result. A file that was handed over and is
    not decided is in review; before the month is over nothing is due.
    """
    functions: dict[tuple[int, int, str], set[str]] = {}
    for duty in held:
        if duty.covers(period):
            key = (duty.engagement_id, duty.study_id, duty.protocol_number)
            functions.setdefault(key, set()).add(duty.function)
    waiting = _in_review(user, asked=asked, period=period)
    end = last_day(period)

    def state(scope: tuple[int, int]) -> str:
        if scope in accepted:
            return ACCEPTED
        if end >= asked.day:
            return AWAITED
        return IN_REVIEW if scope in waiting else NOT_SENT

    return tuple(
        Due(engagement, study, protocol, frozenset(names), state((engagement, study)), end)
        for (engagement, study, protocol), names in functions.items()
    )


def _in_review(user: Any, *, asked: Asked, period: date) -> set[tuple[int, int]]:
    """Return what was handed over and not decided by then; an accepted one waits for its result."""
    rows: Any = Submission.objects.visible_to(user).filter(
        period_start=period, submitted_at__isnull=False
    )
    if asked.known_until is None:
        rows = rows.filter(state__in=[Submission.State.SUBMITTED, Submission.State.ACCEPTED])
    else:
        rows = rows.filter(submitted_at__lt=asked.known_until).filter(
            Q(decided_at__isnull=True)
            | Q(decided_at__gte=asked.known_until)
            | Q(state__in=[Submission.State.ACCEPTED, Submission.State.SUPERSEDED])
        )
    return set(rows.values_list("engagement_id", "study_id"))


def of(due: Sequence[Due], *, engagement_ids: set[int], function_slugs: set[str]) -> list[Due]:
    """Keep the files of some engagements that serve one of the functions."""
    return [
        one for one in due if one.engagement_id in engagement_ids and one.functions & function_slugs
    ]
