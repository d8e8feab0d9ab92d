"""What was due for a month and where it stands, as dashboards group it: see `kpis.standing`."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from dashboards.periods import Asked
from kpis.due import (
    DueSubmission,
    Duty,
    Held,
    applicable,
    by_study,
    chosen_for,
    due_submissions,
    duties,
    holdings,
)
from kpis.models import Submission, Waiver
from kpis.standing import Entry, Standing, Standings, entries, standings
from kpis.standing.states import DONE, late_words
from studies.models import Delegation

ACCEPTED, IN_REVIEW, NOT_SENT, AWAITED = "accepted", "in review", "not sent", "awaited"
NOT_ASKED = "not asked for"

Scope = tuple[int, int | None]


@dataclass(frozen=True)
class Due:
    """One submission due: of an engagement, for a study or (None) across; with where it stands."""

    entry: Entry

    @property
    def engagement_id(self) -> int:
        """Return whose it is."""
        return self.entry.due.engagement_id

    @property
    def study_id(self) -> int | None:
        """Return the study; None across the engagement's studies."""
        return self.entry.due.study_id

    @property
    def due_by(self) -> date:
        """Return the day by which it is due."""
        return self.entry.due_day.day

    @cached_property
    def state(self) -> str:
        """Group the states of the calendar by what they mean for a figure."""
        standing, overdue = self.entry.standing, self.entry.overdue
        if standing in DONE:
            return ACCEPTED
        if standing in (Standing.WAIVED, Standing.NOT_ASKED):
            return NOT_ASKED
        if self.entry.came is not None and self.entry.came.handed_over:
            return IN_REVIEW
        return NOT_SENT if overdue else AWAITED

    @property
    def missing(self) -> bool:
        """True when its day has passed and the sponsor does not have it."""
        return self.state == NOT_SENT

    @property
    def late(self) -> str:
        """Say how late it is: "3 business days late"; empty in time."""
        return late_words(self.entry.days_late) if self.missing or self.entry.days_late else ""

    def serves(self, engagement_id: int, study_id: int | None, slug: str) -> bool:
        """Tell whether the KPI of an engagement, or of one of its studies, needs this one."""
        return self.entry.serves(engagement_id, study_id, slug)

    def asks(self, slug: str) -> bool:
        """Tell whether it is asked to feed the KPI: not waived, and no month too early."""
        return self.entry.standing is not Standing.NOT_ASKED and not self.entry.waives(slug)


def held_by(user: Any) -> tuple[Duty, ...]:
    """Return the delegated functions that the user sees; one statement."""
    return duties(Delegation.objects.visible_to(user))


def applying(held: Iterable[Duty], *, period: date) -> dict[Scope, frozenset[str]]:
    """Return the KPIs that apply in the month: of each engagement, and of each study under it."""
    functions: dict[tuple[int, str, frozenset[str], int | None], set[str]] = {}
    for duty in held:
        if duty.covers(period):
            for study in (None, duty.study_id):
                key = (duty.engagement_id, duty.engagement_model, duty.chosen(period), study)
                functions.setdefault(key, set()).add(duty.function)
    found = {
        (engagement, study): frozenset(
            one.slug
            for one in applicable(model, names, chosen, period=period)
            if study is None or by_study(one)
        )
        for (engagement, model, chosen, study), names in functions.items()
    }
    return {scope: slugs for scope, slugs in found.items() if slugs}


@dataclass(frozen=True)
class HeldMonth:
    """What an engagement's duties mean for one month: which KPIs apply, and what is due."""

    applying: Mapping[Scope, frozenset[str]]
    chosen: frozenset[str]
    due: tuple[DueSubmission, ...]


@lru_cache(maxsize=20_000)
def month_of(held: Held, period: date) -> HeldMonth:
    """Return what the duties mean for a month; worked out once while they stay the same."""
    return HeldMonth(
        applying(held.duties, period=period),
        chosen_for(held.duties[:1], period),
        due_submissions(held.duties, period=period),
    )


def holdings_of(user: Any, engagement_ids: Collection[int] | None) -> tuple[Held, ...]:
    """Return the delegated functions that the user sees by engagement; one statement.

    Of some engagements, or (None) of all.
    """
    rows = Delegation.objects.visible_to(user)
    if engagement_ids is not None:
        rows = rows.filter(engagement__in=engagement_ids)
    return tuple(one for one in holdings(rows) if one.duties)


def due_of(held: Iterable[Held], *, asked: Asked, period: date, came: Standings) -> tuple[Due, ...]:
    """Return each submission due for the month and where it stands on the day asked for."""
    return tuple(
        Due(came.entry(due, period=period, on=asked.day))
        for one in held
        for due in month_of(one, period).due
    )


def known(user: Any, *, asked: Asked, first: date, last: date, **scope: Any) -> Standings:
    """Return what came and what was waived for the months, as known then; two statements.

    `scope` are conditions on both Submission and Waiver.
    """
    return standings(
        Submission.objects.visible_to(user).filter(**scope),
        Waiver.objects.visible_to(user).filter(**scope),
        first=first,
        last=last,
        until=asked.known_until,
    )


def files_due(
    *, asked: Asked, period: date, held: Iterable[Duty], standings: Standings
) -> tuple[Due, ...]:
    """Return each submission due for the month and where it stands on the day asked for."""
    return tuple(Due(one) for one in entries(held, standings, period=period, on=asked.day))


def due_by_month(
    held: Iterable[Duty],
    standings: Standings,
    months: Iterable[date],
    asked: Asked,
    place: tuple[int, int | None, str],
) -> dict[date, tuple[Due, ...]]:
    """Return what was due for a KPI in each month; `place` is engagement, study and slug."""
    held = tuple(held)
    return {
        month: tuple(
            one
            for one in files_due(asked=asked, period=month, held=held, standings=standings)
            if one.serves(*place)
        )
        for month in months
    }


def overdue_months(due: Mapping[date, tuple[Due, ...]], slug: str) -> frozenset[date]:
    """Return the months whose day has passed and that were asked to feed the KPI."""
    return frozenset(
        month for month, found in due.items() if any(o.entry.passed and o.asks(slug) for o in found)
    )
