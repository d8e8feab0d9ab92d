"""Who at the CRO has a submission in hand, and whether a form saw it as it is now.

The first who changes something has it until it is handed over; a colleague is told, and may take it
over. Each change of a person counts `revision` up, and each form says which one it saw.
"""

from datetime import datetime

from kpis.models import Submission
from kpis.submissions.states import State, StepRefused, locked
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from oversight.look.times import utc_text

CHANGEABLE = (State.RECEIVED, State.CHECKED, State.RETURNED)


def begin_change(
    *, actor: Actor, submission: Submission, now: datetime, revision: int | None = None
) -> None:
    """Take the submission in hand and count the change; the caller holds the lock and saves.

    Raises StepRefused if a colleague has it, or if the form saw an older `revision`.
    """
    count_change(submission, revision=revision)
    if submission.worked_on_by_id not in (None, actor.person_id):
        raise StepRefused(
            f"{in_hand(submission)} Nothing was changed. Ask, or take over with the button on "
            "this page."
        )
    if submission.worked_on_by_id is None:
        submission.worked_on_by_id, submission.worked_on_since = actor.person_id, now


def count_change(submission: Submission, *, revision: int | None) -> None:
    """Count a change; raises StepRefused if the form saw an older `revision` than it is."""
    if revision is not None and revision != submission.revision:
        who = submission.worked_on_by or submission.decided_by or submission.submitted_by
        raise StepRefused(
            f"{who or 'Somebody'} changed this submission after you opened the page. Nothing of "
            "yours was taken over: look at it as it stands now, and send yours again."
        )
    submission.revision += 1


def let_go(submission: Submission) -> None:
    """Leave it in nobody's hand; the caller holds the lock and saves."""
    submission.worked_on_by = submission.worked_on_since = None


def in_hand(submission: Submission) -> str:
    """Return who has it and since when, as a sentence; nothing if nobody has."""
    if submission.worked_on_by is None:
        return ""
    return f"{submission.worked_on_by} works on this since {utc_text(submission.worked_on_since)}."


def take_over(*, actor: Actor, submission: Submission, now: datetime) -> None:
    """Take it from a colleague; raises StepRefused when there is nothing to take over."""
    with acting(actor, reason="Taken over"):
        submission = locked(submission)
        before = submission.worked_on_by
        if submission.state not in CHANGEABLE or before is None:
            raise StepRefused("Nobody works on it now. Go ahead: your first change takes it.")
        if before.pk == actor.person_id:
            raise StepRefused("You work on it already.")
        submission.worked_on_by_id, submission.worked_on_since = actor.person_id, now
        submission.revision += 1
        submission.save()
        record(Event.TAKEN_OVER, actor=actor, subject=submission, detail={"from": str(before)})
