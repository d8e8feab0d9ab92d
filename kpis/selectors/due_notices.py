"""What somebody is told on the pages where they begin: what they owe soon, and what is late."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kpis.due import duties, month_before
from kpis.models import Reminder
from kpis.reminders.occasions import occasion_of, words_of
from kpis.selectors.due_names import names_of
from kpis.standing import entries, visible_standings
from oversight.look.times import month_text
from studies.models import Delegation, Engagement
from vendors.access import Permission, permissions_of


@dataclass(frozen=True)
class DueNotice:
    """A line: "Due in 3 business days: NWT-301, Oct 2026", and where it leads."""

    words: str
    late: bool
    engagement_id: int
    study_key: int
    period: date


def due_notices(user: Any, *, today: date) -> tuple[DueNotice, ...]:
    """Return what `user` owes, oldest first; the sponsor is told what is very late.

    Four statements; none for somebody who neither uploads nor decides.
    """
    if not {Permission.UPLOAD, Permission.DECIDE} & permissions_of(user):
        return ()
    last = month_before(today.replace(day=1))
    first = month_before(last)
    held = duties(Delegation.objects.visible_to(user))
    names = names_of(Engagement.objects.visible_to(user), held)
    known = visible_standings(user, first=first, last=last)
    found = []
    for month in (first, last):
        for entry in entries(held, known, period=month, on=today):
            occasion = occasion_of(entry)
            allowed = permissions_of(user, names.engagements[entry.due.engagement_id])
            owes = Permission.UPLOAD in allowed
            waits = occasion == Reminder.Occasion.VERY_LATE and Permission.DECIDE in allowed
            if occasion is None or not (owes or waits):
                continue
            whose = "" if owes else f"{names.vendor(entry)}, "
            found.append(
                DueNotice(
                    f"{words_of(entry)}: {whose}{names.study(entry)}, {month_text(month)}",
                    entry.passed,
                    entry.due.engagement_id,
                    entry.due.study_id or 0,
                    month,
                )
            )
    return tuple(found)
