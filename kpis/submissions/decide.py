"""Step 6, decide: the sponsor accepts what was submitted, or returns it with comments."""

from datetime import datetime

from kpis.models import Submission
from kpis.submissions.commenting import drafts_of, hand_over_drafts
from kpis.submissions.handing import count_change
from kpis.submissions.states import State, StepRefused, locked, move
from kpis.task_names import COMPUTE_SNAPSHOT, TELL
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from oversight.jobs import enqueue


def accept(
    *,
    actor: Actor,
    submission: Submission,
    comment: str,
    now: datetime,
    revision: int | None = None,
) -> None:
    """Accept; an earlier accepted submission of the scope is superseded, not changed.

    The KPIs are computed by a worker once this has committed.
    """
    with acting(actor, reason=comment or "Accepted"):
        submission = locked(submission)
        count_change(submission, revision=revision)
        move(submission, State.ACCEPTED)
        earlier = (
            Submission.objects.select_for_update(of=("self",))
            .filter(
                engagement=submission.engagement_id,
                study=submission.study_id,
                period_start=submission.period_start,
                state=State.ACCEPTED,
            )
            .first()
        )
        if earlier is not None:
            move(earlier, State.SUPERSEDED)
            earlier.save()
            submission.supersedes = earlier
            record(
                Event.SUPERSEDED,
                actor=actor,
                subject=earlier,
                reason=submission.restatement_reason,
                detail={
                    "by": str(submission),
                    "cause": submission.get_restatement_cause_display(),
                    "found by": submission.get_restatement_found_by_display(),
                },
            )
        _decide(actor, submission, comment, now)
        record(Event.ACCEPTED, actor=actor, subject=submission, reason=comment)
        enqueue(COMPUTE_SNAPSHOT, submission_id=submission.pk)
        enqueue(TELL, submission_id=submission.pk, step="accepted")


def send_back(
    *,
    actor: Actor,
    submission: Submission,
    comment: str,
    now: datetime,
    revision: int | None = None,
) -> None:
    """Return to the CRO with the comments on cells; raises StepRefused when nothing was said."""
    with acting(actor, reason=comment.strip() or "Returned with comments on cells"):
        submission = locked(submission)
        count_change(submission, revision=revision)
        if not comment.strip() and not drafts_of(submission).exists():
            raise StepRefused("Say what the CRO should correct. A comment on a cell says it too.")
        move(submission, State.RETURNED)
        cells = hand_over_drafts(submission)
        said = comment.strip() or f"{cells} comment{'' if cells == 1 else 's'} on cells."
        _decide(actor, submission, said, now)
        record(
            Event.RETURNED,
            actor=actor,
            subject=submission,
            reason=said,
            detail={"comments_on_cells": cells},
        )
        enqueue(TELL, submission_id=submission.pk, step="returned")


def _decide(actor: Actor, submission: Submission, comment: str, now: datetime) -> None:
    submission.decided_at, submission.decided_by_id = now, actor.person_id
    submission.decision_comment = comment
    submission.save()
