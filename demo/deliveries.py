"""Whose files are in for a month: what delegations and the catalogue ask for, minus who is late.

The months are counted from the month in which the demo was made, so that its history stays the
same when loading is carried on later.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from demo.calendar import first_day, month_end
from demo.plans import Cro
from demo.progress import PLANS
from demo.story import CROS, MONTHS, SPONSOR
from kpis.due import DueSubmission, Duty, due_submissions, duties
from studies.models import Delegation, Engagement, Study

WATCHED = 26  # months the relationship goes back
# By this day of a month all files of the newest one are accepted that came at all.
SETTLED = 11
CORRECTED_AFTER = 20  # days from a first file to the one that restates it


@dataclass(frozen=True)
class Delivery:
    """One submission of the story: of a CRO, for a study or (None) across its studies.

    `restates`: it corrects an earlier one of its month; `left_out`: it is that earlier one.
    """

    cro: Cro
    engagement: Engagement
    study: Study | None
    protocol_numbers: tuple[str, ...]
    listings: frozenset[str]
    cutoff: date
    received_at: datetime
    restates: bool = False
    left_out: bool = False


@dataclass(frozen=True)
class Register:
    """What the demo's register holds."""

    engagements: Mapping[int, Engagement]
    studies: Mapping[int, Study]
    held: tuple[Duty, ...]


def story_day(today: date) -> date:
    """Return the day to count back from: `today`, or one in the month when the demo was made.

    Early in a month the files of the last one are not in yet; then it counts from that one's end.
    """
    day = today if today.day >= SETTLED else month_end(today, months_ago=1)
    engagement = Engagement.objects.filter(sponsor__name=SPONSOR).order_by("pk").first()
    if engagement is None:
        return day
    return min(day, month_end(engagement.start_date, months_ago=1 - WATCHED))


def deliveries(*, months_ago: int, today: date) -> list[Delivery]:
    """Return the deliveries of a month in the order in which they come."""
    return _in_month(_register(), months_ago, today)


def number_of_deliveries(*, today: date) -> int:
    """Return how many there are in all months."""
    register = _register()
    return sum(len(_in_month(register, ago, today)) for ago in range(1, MONTHS + 1))


def _register() -> Register:
    names = [cro.engagement for cro in CROS]
    engagements = Engagement.objects.filter(sponsor__name=SPONSOR, name__in=names)
    return Register(
        {one.pk: one for one in engagements},
        {one.pk: one for one in Study.objects.filter(sponsor__name=SPONSOR)},
        duties(Delegation.objects.filter(engagement__in=engagements)),
    )


def _in_month(register: Register, months_ago: int, today: date) -> list[Delivery]:
    found: list[Delivery] = []
    for due in due_submissions(register.held, period=first_day(today, months_ago=months_ago)):
        one = _of(register, due, month_end(today, months_ago=months_ago))
        if one.cro.skips_latest and months_ago == 1:
            continue
        if one.cro.restates == months_ago and "queries" in one.listings:
            later = one.received_at + timedelta(days=CORRECTED_AFTER)
            found.append(replace(one, left_out=True))
            one = replace(one, received_at=later, restates=True)
        found.append(one)
    return sorted(found, key=lambda one: one.received_at)


def _of(register: Register, due: DueSubmission, cutoff: date) -> Delivery:
    engagement = register.engagements[due.engagement_id]
    cro = next(cro for cro in CROS if cro.engagement == engagement.name)
    names = sorted(register.studies[pk].protocol_number for pk in due.study_ids)
    # Whoever sends a listing of a study sends its subject list too.
    people = {"participants"} if names else set()
    if names and cro.model == Engagement.Model.FULL_SERVICE:
        people |= PLANS  # it runs the study, and sends how the study stands against its plans
    arrives = cutoff + timedelta(days=cro.lateness)
    return Delivery(
        cro,
        engagement,
        register.studies[due.study_id] if due.study_id else None,
        tuple(names),
        due.listings | people,
        cutoff,
        datetime.combine(arrives, time(8, 12), tzinfo=UTC),
    )
