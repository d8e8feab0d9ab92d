"""Reminders by mail: each occasion once, one mail per person and day with all that is theirs.

The rows and the mails are one transaction: when the mail server fails, nothing is on record and the
next round sends them. A second round of the same day finds every occasion on record.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db import connection

from kpis.due import duties, month_before
from kpis.models import Reminder, Submission, Waiver
from kpis.reminders.mails import address_of, send
from kpis.reminders.occasions import occasion_of, words_of
from kpis.reminders.people import Organisation, people_of
from kpis.selectors.due_names import Names, names_of
from kpis.standing import Entry, entries, standings
from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from oversight.look.times import month_text
from studies.models import Delegation, Engagement
from vendors.models import Sponsor

SYSTEM = Actor.system("reminders")
LOCK = 5_204_001  # any number that nothing else locks


@dataclass(frozen=True)
class Note:
    """One due submission and its occasion, with the organisations whose people are told."""

    entry: Entry
    occasion: Reminder.Occasion
    told: tuple[Organisation, ...]


@dataclass(frozen=True)
class MailLine:
    """A line of a mail; `whose` names the CRO to the sponsor and is empty to the CRO."""

    words: str
    whose: str
    study: str
    month: str
    due_by: date
    address: str


def remind(*, today: date, now: datetime) -> int:
    """Send what there is to remind of today; return how many mails went out."""
    with acting(SYSTEM, reason="Reminders of due submissions"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        names, notes = _notes(today)
        people = people_of({one for note in notes for one in note.told})
        mailed = _mailed_today(now)
        lines: dict[User, list[MailLine]] = {}
        for note in notes:
            mine = {
                person: isinstance(organisation, Sponsor)
                for organisation in note.told
                for person in people.get(organisation, ())
            }
            # One mail a day: what comes up later the same day waits for the next.
            if not mine or mailed & {person.pk for person in mine}:
                continue
            _keep(note, mine, now)
            for person, at_sponsor in mine.items():
                lines.setdefault(person, []).append(_line(note.entry, names, at_sponsor))
        return sum(_send(person, found) for person, found in lines.items())


def _notes(today: date) -> tuple[Names, list[Note]]:
    """Return what there is to remind of and was not yet, of the two months before this one."""
    last = month_before(today.replace(day=1))
    first = month_before(last)
    held = duties(Delegation.objects.all())
    names = names_of(Engagement.objects.all(), held)
    known = standings(Submission.objects.all(), Waiver.objects.all(), first=first, last=last)
    done = set(
        Reminder.objects.filter(period_start__gte=first).values_list(
            "engagement_id", "study_id", "period_start", "occasion"
        )
    )
    notes = []
    for month in (first, last):
        for entry in entries(held, known, period=month, on=today):
            occasion = occasion_of(entry)
            if occasion is None or (*entry.scope, month, occasion.value) in done:
                continue
            engagement = names.engagements[entry.due.engagement_id]
            told: tuple[Organisation, ...] = (engagement.vendor,)
            if occasion == Reminder.Occasion.VERY_LATE:
                told = (engagement.vendor, engagement.sponsor)
            notes.append(Note(entry, occasion, told))
    return names, notes


def _mailed_today(now: datetime) -> set[int]:
    midnight = datetime.combine(now.date(), time.min, tzinfo=UTC)
    sent = Reminder.objects.filter(sent_at__gte=midnight).values_list("sent_to", flat=True)
    return {person for people in sent for person in people}


def _keep(note: Note, people: Iterable[User], now: datetime) -> None:
    engagement_id, study_id = note.entry.scope
    row = Reminder.objects.create(
        engagement_id=engagement_id,
        study_id=study_id,
        period_start=note.entry.period,
        occasion=note.occasion,
        sent_at=now,
        sent_to=[person.pk for person in people],
    )
    record(Event.REMINDED, actor=SYSTEM, subject=row, detail={"occasion": note.occasion.value})


def _line(entry: Entry, names: Names, at_sponsor: bool) -> MailLine:
    engagement_id, study_id = entry.scope
    month = f"{entry.period:%Y-%m}"
    return MailLine(
        words=words_of(entry),
        whose=names.vendor(entry) if at_sponsor else "",
        study=names.study(entry),
        month=month_text(entry.period),
        due_by=entry.due_day.day,
        address=address_of("kpis:due-submission", engagement_id, study_id or 0, month),
    )


def _send(person: User, lines: Sequence[MailLine]) -> bool:
    one = lines[0]
    subject = (
        f"{one.words}: {one.study}, {one.month}"
        if len(lines) == 1
        else f"{len(lines)} submissions are due or late"
    )
    return send(person, subject=subject, template="reminder", context={"lines": lines})
