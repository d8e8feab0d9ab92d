"""Loading one month: each CRO's file goes through the real intake, step by step.

Safe to run twice: a scope that has its submission is carried on from where it stands.
"""

import io
from datetime import UTC, date, datetime, time, timedelta

from demo.calendar import month_end
from demo.exports import delimited, workbook
from demo.queries import open_at
from demo.story import MONTHS, PEOPLE, SPONSOR, STUDIES, Cro, StudyPlan, cro_named
from kpis.models import Submission
from kpis.snapshots.compute import compute_for
from kpis.submissions.check import check_submission
from kpis.submissions.decide import accept
from kpis.submissions.receive import Upload, receive
from kpis.submissions.states import State
from kpis.submissions.submit import explain, submit
from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor
from studies.models import Engagement, Study
from vendors.access import Role, actor_of

# Under this key the cache remembers that nothing is left to load.
WHOLE = "demo-whole"
DONE = (State.ACCEPTED, State.SUPERSEDED)


def due(months_ago: int) -> list[tuple[StudyPlan, Cro]]:
    """Return whose file is in for that month: not before a study began, not where one is late."""
    return [
        (plan, cro_named(plan.data_management))
        for plan in STUDIES
        if plan.months >= months_ago
        and not (cro_named(plan.data_management).skips_latest and months_ago == 1)
    ]


def expected() -> int:
    """Return how many submissions the demo has when all is loaded."""
    restated = sum(cro.restates == ago for ago in _all_months() for _, cro in due(ago))
    return sum(len(due(ago)) for ago in _all_months()) + restated


def loaded() -> int:
    """Return how many of them are there."""
    return Submission.objects.filter(
        engagement__sponsor__name=SPONSOR, state__in=DONE, created_by__email__endswith=".example"
    ).count()


def load_month(*, months_ago: int, today: date) -> None:
    """Bring in all files of one month; 1 is the newest complete one."""
    cutoff = month_end(today, months_ago=months_ago)
    for plan, cro in due(months_ago):
        if cro.restates == months_ago:
            _deliver(plan, cro, cutoff, today, first_try=True)
        _deliver(plan, cro, cutoff, today, first_try=False)


def _deliver(plan: StudyPlan, cro: Cro, cutoff: date, today: date, *, first_try: bool) -> None:
    study = Study.objects.get(sponsor__name=SPONSOR, protocol_number=plan.protocol_number)
    engagement = Engagement.objects.get(sponsor=study.sponsor, name=cro.engagement)
    scope = Submission.objects.filter(
        engagement=engagement, study=study, period_start=cutoff.replace(day=1)
    ).exclude(state=State.WITHDRAWN)
    wanted = (
        2 if cro.restates is not None and not first_try and _is_restated(cro, cutoff, today) else 1
    )
    if scope.filter(state__in=DONE).count() >= wanted:
        return
    received_at = datetime.combine(
        cutoff + timedelta(days=cro.lateness + (20 if wanted == 2 else 0)), time(8, 12), tzinfo=UTC
    )
    submission = scope.exclude(state__in=DONE).first() or _receive(
        plan, cro, study, engagement, cutoff, today, received_at, first_try
    )
    _carry_on(submission, received_at)


def _receive(
    plan: StudyPlan,
    cro: Cro,
    study: Study,
    engagement: Engagement,
    cutoff: date,
    today: date,
    received_at: datetime,
    first_try: bool,
) -> Submission:
    listing = open_at(cutoff, plan, cro, today=today)
    if first_try:  # the export left out what had been answered
        listing = listing[listing["state"] == "Open"]
    write = delimited if cro.sends_csv else workbook
    content = write(listing, plan.protocol_number)
    name = f"{plan.protocol_number}_queries_{cutoff:%Y-%m}.{'csv' if cro.sends_csv else 'xlsx'}"
    return receive(
        actor=_sender(cro),
        engagement=engagement,
        study=study,
        uploads=[Upload(name, io.BytesIO(content), len(content))],
        data_cutoff_date=cutoff,
        now=received_at,
    )


def _carry_on(submission: Submission, received_at: datetime) -> None:
    sender = actor_of(submission.created_by)
    check_submission(submission=submission, now=received_at + timedelta(minutes=1))
    submission = Submission.objects.get(pk=submission.pk)
    check = submission.checks.last()
    if submission.state == State.CHECKED and check is not None:
        for problem in check.problems.filter(severity="warning", explanation=""):
            explain(
                actor=sender,
                problem=problem,
                explanation="As exported from the EDC system; confirmed with data management.",
                now=received_at + timedelta(minutes=9),
            )
        submit(actor=sender, submission=submission, now=received_at + timedelta(minutes=12))
    submission = Submission.objects.get(pk=submission.pk)
    if submission.state == State.SUBMITTED:
        sam = actor_of(User.objects.get(email=PEOPLE[0].email))
        accept(actor=sam, submission=submission, comment="", now=received_at + timedelta(days=2))
    compute_for(
        submission=Submission.objects.get(pk=submission.pk), now=received_at + timedelta(days=2)
    )


def _sender(cro: Cro) -> Actor:
    person = next(
        p for p in PEOPLE if p.organisation == cro.name and p.role == Role.CRO_PROJECT_MANAGER
    )
    return actor_of(User.objects.get(email=person.email))


def _is_restated(cro: Cro, cutoff: date, today: date) -> bool:
    return cro.restates is not None and cutoff == month_end(today, months_ago=cro.restates)


def _all_months() -> range:
    return range(1, MONTHS + 1)
