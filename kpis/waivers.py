"""Writing waivers: the sponsor does without a listing, or all that is due, for one month."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError

from kpis.due import due_submissions, duties
from kpis.models import Submission, Waiver
from kpis.submissions.states import State, StepRefused
from kpis.task_names import COMPUTE_SNAPSHOT, MARK_MISSING
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from oversight.jobs import enqueue
from studies.models import Delegation, Engagement, Study


@dataclass(frozen=True)
class Month:
    """What one submission is due for: an engagement, a study (None: all), a month."""

    engagement: Engagement
    study: Study | None
    period: date


def waive(*, actor: Actor, month: Month, listing: str, reason: str, now: datetime) -> Waiver:
    """Waive a listing of a month, or all of it (""); raises StepRefused with a sentence.

    Refused: without a reason, what is not due, what is waived already, and all of a month that was
    handed over: that one is accepted or returned.
    """
    if not reason.strip():
        raise StepRefused("Say why: the CRO reads the reason, and it stays with the month.")
    _refuse_unless_due(month, listing)
    waiver = Waiver(
        engagement=month.engagement,
        study=month.study,
        period_start=month.period,
        listing=listing,
        reason=reason.strip(),
        waived_at=now,
        waived_by_id=actor.person_id,
    )
    try:
        with acting(actor, reason=waiver.reason):
            waiver.save(force_insert=True)
            record(Event.WAIVED, actor=actor, subject=waiver, reason=waiver.reason)
            _compute_again(waiver)
    except IntegrityError as error:
        if "waiver_once_per_listing_and_period" in str(error):
            raise StepRefused("This is waived already, perhaps by a colleague.") from error
        raise
    return waiver


def take_back(*, actor: Actor, waiver: Waiver, reason: str, now: datetime) -> None:
    """Ask for it again, from now on; raises StepRefused without a reason or the second time."""
    if not reason.strip():
        raise StepRefused("Say why you ask for it again: the CRO reads the reason.")
    with acting(actor, reason=reason.strip()):
        current = Waiver.objects.select_for_update(of=("self",)).get(pk=waiver.pk)
        if current.taken_back_at is not None:
            raise StepRefused("This waiver was taken back already. Nothing was changed.")
        current.taken_back_at, current.taken_back_by_id = now, actor.person_id
        current.save(update_fields=["taken_back_at", "taken_back_by"])
        record(Event.WAIVER_ENDED, actor=actor, subject=current, reason=reason.strip())
        _compute_again(current)


def _refuse_unless_due(month: Month, listing: str) -> None:
    held = duties(Delegation.objects.filter(engagement=month.engagement))
    study_id = month.study.pk if month.study else None
    due = next(
        (one for one in due_submissions(held, period=month.period) if one.study_id == study_id),
        None,
    )
    if due is None or (listing and listing not in due.listings):
        raise StepRefused("That is not due for this month. Choose from what is.")
    came = Submission.objects.filter(
        engagement=month.engagement, study=month.study, period_start=month.period
    )
    if not listing and came.filter(state__in=[State.SUBMITTED, State.ACCEPTED]).exists():
        raise StepRefused("This month was handed over already. Accept it, or return it.")


def _compute_again(waiver: Waiver) -> None:
    """What stands on record for the month follows, once this has committed."""
    accepted = Submission.objects.filter(
        engagement=waiver.engagement_id, period_start=waiver.period_start, state=State.ACCEPTED
    )
    for submission in accepted:
        enqueue(COMPUTE_SNAPSHOT, submission_id=submission.pk)
    enqueue(MARK_MISSING, period=waiver.period_start.isoformat())
