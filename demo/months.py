"""Loading one month: each CRO's file goes through the real intake, step by step.

Safe to run twice: a scope that has its submission is carried on from where it stands. What is due
and not there on its day is marked as missing, as the product does every month, before late files
come.
"""

import io
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from demo.calendar import first_day
from demo.deliveries import Delivery, deliveries, number_of_deliveries, story_day
from demo.exports import book, csv
from demo.sheets import sheets_at
from demo.story import PEOPLE, SPONSOR, STUDIES
from kpis.due import due_date
from kpis.models import Submission
from kpis.snapshots.compute import compute_for
from kpis.snapshots.missing import mark_missing
from kpis.submissions.check import check_submission
from kpis.submissions.decide import accept
from kpis.submissions.profiles import as_read, confirm
from kpis.submissions.receive import Upload, receive
from kpis.submissions.states import State
from kpis.submissions.submit import explain, submit
from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor
from vendors.access import Role, actor_of

# Under this key the cache remembers that nothing is left to load.
WHOLE = "demo-whole"
RESTATED = "The first export left out what had been answered."
DONE = (State.ACCEPTED, State.SUPERSEDED)


def expected(*, today: date) -> int:
    """Return how many submissions the demo has when all is loaded."""
    return number_of_deliveries(today=story_day(today))


def loaded() -> int:
    """Return how many of them are there."""
    return Submission.objects.filter(
        engagement__sponsor__name=SPONSOR, state__in=DONE, created_by__email__endswith=".example"
    ).count()


def load_month(*, months_ago: int, today: date) -> None:
    """Bring in all files of one month; 1 is the newest complete one."""
    today = story_day(today)
    period = first_day(today, months_ago=months_ago)
    due = due_date(period)
    coming = deliveries(months_ago=months_ago, today=today)
    for delivery in coming:
        if delivery.received_at.date() <= due:
            _deliver(delivery, today)
    morning_after = datetime.combine(due + timedelta(days=1), time(5), tzinfo=UTC)
    mark_missing(period=period, today=today, now=morning_after)
    for delivery in coming:
        if delivery.received_at.date() > due:
            _deliver(delivery, today)


def files_of(delivery: Delivery, *, today: date) -> list[tuple[str, bytes]]:
    """Return the names and bytes of a delivery's files."""
    plans = [plan for plan in STUDIES if plan.protocol_number in delivery.protocol_numbers]
    tables = sheets_at(delivery.listings, delivery.cutoff, plans, delivery.cro, today=today)
    if delivery.left_out:  # the export left out what had been answered
        tables["queries"] = tables["queries"][tables["queries"]["state"] == "Open"]
    scope = str(delivery.study or delivery.cro.name.split()[0])
    month = f"{delivery.cutoff:%Y-%m}"
    if not delivery.cro.sends_csv:
        return [(f"{scope}_metrics_{month}.xlsx", book(tables))]
    return [(f"{scope}_{name}_{month}.csv", csv(name, table)) for name, table in tables.items()]


@transaction.atomic  # what is enqueued on the way starts when all is done, and finds nothing to do
def _deliver(delivery: Delivery, today: date) -> None:
    scope = Submission.objects.filter(
        engagement=delivery.engagement,
        study=delivery.study,
        period_start=delivery.cutoff.replace(day=1),
    ).exclude(state=State.WITHDRAWN)
    done = scope.filter(state__in=DONE)
    if done.count() > int(delivery.restates):
        counting = done.filter(state=State.ACCEPTED).get()
        compute_for(submission=counting, now=delivery.received_at + timedelta(days=2))
        return
    submission = scope.exclude(state__in=DONE).first() or _receive(delivery, today)
    _carry_on(submission, delivery.received_at)


def _receive(delivery: Delivery, today: date) -> Submission:
    files = files_of(delivery, today=today)
    return receive(
        actor=_sender(delivery),
        engagement=delivery.engagement,
        study=delivery.study,
        uploads=[Upload(name, io.BytesIO(content), len(content)) for name, content in files],
        data_cutoff_date=delivery.cutoff,
        now=delivery.received_at,
    )


def _carry_on(submission: Submission, received_at: datetime) -> None:
    sender = actor_of(submission.created_by)
    check_submission(submission=submission, now=received_at + timedelta(minutes=1))
    submission = Submission.objects.get(pk=submission.pk)
    check = submission.checks.last()
    if submission.state == State.CHECKED and check is not None:
        # Kept the first time; later months have the same layouts and change nothing.
        confirm(
            actor=sender,
            submission=submission,
            seen=str(check.pk),
            confirmations=as_read(check),
            now=received_at + timedelta(minutes=5),
        )
        for problem in check.problems.filter(severity="warning", explanation=""):
            explain(
                actor=sender,
                problem=problem,
                explanation="As exported from the source system; confirmed with the study team.",
                now=received_at + timedelta(minutes=9),
            )
        submit(
            actor=sender,
            submission=submission,
            now=received_at + timedelta(minutes=12),
            reason=RESTATED,
            cause=Submission.RestatementCause.REPORT_ERROR,
            found_by=Submission.FoundBy.CRO,
        )
    submission = Submission.objects.get(pk=submission.pk)
    if submission.state == State.SUBMITTED:
        sam = actor_of(User.objects.get(email=PEOPLE[0].email))
        accept(actor=sam, submission=submission, comment="", now=received_at + timedelta(days=2))
    compute_for(
        submission=Submission.objects.get(pk=submission.pk), now=received_at + timedelta(days=2)
    )


def _sender(delivery: Delivery) -> Actor:
    person = next(
        p
        for p in PEOPLE
        if p.organisation == delivery.cro.name and p.role == Role.CRO_PROJECT_MANAGER
    )
    return actor_of(User.objects.get(email=person.email))
