"""Since when a reader wants to know what changed: their last visit, a month's close, or a day.

The signed-in events of the audit trail say when somebody was here. A day counts as a whole: what
came about on the day of the last visit is told again rather than missed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models.functions import TruncDate

from dashboards.periods import Asked, month_name
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from oversight.look.times import day_text


@dataclass(frozen=True)
class Since:
    """The first day whose changes are told; `words` complete "since …".

    `visit` is the day of the last visit, None where none is on record; `close` the first day after
    the month that closed last.
    """

    day: date
    words: str
    visit: date | None
    close: date

    def then(self, asked: Asked) -> Asked:
        """Return what was known when the day began, for the same period."""
        return Asked(asked.period, self.day - timedelta(days=1), asked.today)


def since_of(user: Any, *, text: str, asked: Asked) -> Since:
    """Return the day asked for, else that of the last visit; ValueError for what is no day.

    Who was never here before is told what changed since the close of the last month. One statement.
    """
    visit = last_visit(user)
    close = asked.day.replace(day=1)
    if text:
        day = date.fromisoformat(text)
        return Since(day, _words(day, visit, close), visit, close)
    day = close if visit is None else visit
    return Since(day, _words(day, visit, close), visit, close)


def last_visit(user: Any) -> date | None:
    """Return the day on which `user` signed in before the day of the present sign-in."""
    entries = AuditTrailEntry.objects.filter(
        subject_table=user._meta.db_table, subject_id=str(user.pk), event=Event.SIGNED_IN
    )
    days = entries.annotate(day=TruncDate("at")).order_by("-day").values_list("day", flat=True)
    return day_before_last(days.distinct()[:2])


def day_before_last(days: Iterable[date]) -> date | None:
    """Return the second newest of some days; None where there are fewer than two. Pure."""
    newest_first = sorted(set(days), reverse=True)
    return newest_first[1] if len(newest_first) > 1 else None


def _words(day: date, visit: date | None, close: date) -> str:
    if day == visit:
        return f"you were last here, {day_text(day)}"
    if day == close:
        return f"the close of {month_name((close - timedelta(days=1)).replace(day=1))}"
    return day_text(day)
