"""When somebody is reminded of a due submission, and in which words. Pure."""

from kpis.due import business_days_after
from kpis.models import Reminder
from kpis.standing import Entry, Standing
from kpis.standing.states import OWED, late_words

Occasion = Reminder.Occasion

# Business days before and after the due day.
BEFORE = 3
VERY_LATE = 5


def occasion_of(entry: Entry) -> Occasion | None:
    """Return what there is to remind of on the entry's day; None where it is not the CRO's turn."""
    at_the_cro = entry.came is not None and not entry.came.handed_over
    if entry.standing not in OWED and not (entry.standing is Standing.RECEIVED and at_the_cro):
        return None
    day = entry.due_day.day
    if entry.on == day:
        return Occasion.TODAY
    left = business_days_after(entry.on, day, entry.due.terms)
    if entry.on < day:
        return Occasion.SOON if left <= BEFORE else None
    if left == 0:  # the weekend after it
        return None
    return Occasion.VERY_LATE if -left >= VERY_LATE else Occasion.LATE


def words_of(entry: Entry) -> str:
    """Say when it is due, or how late it is: "Due in 3 business days"."""
    day = entry.due_day.day
    left = business_days_after(entry.on, day, entry.due.terms)
    if entry.on == day:
        return "Due today"
    if entry.on > day:
        words = late_words(-left)
        return words[:1].upper() + words[1:]
    return f"Due in {left} business day{'' if left == 1 else 's'}"
