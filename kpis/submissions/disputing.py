"""A CRO says that a comment on a cell, or the reading of a KPI, is wrong; the sponsor answers.

A dispute changes no figure: a reading changes by a restatement, or by a definition.
"""

from datetime import datetime

from kpis.models import CellComment, Dispute, KpiResult, Submission
from kpis.submissions.states import State, StepRefused, locked
from kpis.task_names import TELL
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from oversight.jobs import enqueue


def dispute(*, actor: Actor, about: CellComment | KpiResult, reason: str, now: datetime) -> Dispute:
    """Dispute a returned comment or a result; raises StepRefused while one on it is open."""
    if not reason.strip():
        raise StepRefused("Say why it is wrong; the sponsor reads it as you write it.")
    comment = about if isinstance(about, CellComment) else None
    result = about if isinstance(about, KpiResult) else None
    submission = about.submission if isinstance(about, CellComment) else _of_result(about)
    if comment is not None and comment.returned_in_id is None:
        raise StepRefused("Only a comment that was returned can be disputed.")
    with acting(actor, reason=reason.strip()):
        submission = locked(submission)
        standing = Dispute.objects.filter(comment=comment, result=result, settled_at=None)
        if standing.exists():
            raise StepRefused("This is disputed already; the sponsor has not answered yet.")
        made = Dispute.objects.create(
            submission=submission,
            comment=comment,
            result=result,
            reason=reason.strip(),
            raised_at=now,
            raised_by_id=actor.person_id,
        )
        record(Event.DISPUTED, actor=actor, subject=submission, reason=made.reason)
        enqueue(TELL, submission_id=submission.pk, step="disputed", about=made.pk)
    return made


def settle(*, actor: Actor, disputed: Dispute, outcome: str, answer: str, now: datetime) -> None:
    """Answer a dispute; raises StepRefused without an outcome and a reason, or the second time."""
    if outcome not in Dispute.Outcome.values or not answer.strip():
        raise StepRefused("Say who is right, and why; the CRO reads it as you write it.")
    with acting(actor, reason=answer.strip()):
        submission = locked(disputed.submission)
        changed = Dispute.objects.filter(pk=disputed.pk, settled_at=None).update(
            outcome=outcome, answer=answer.strip(), settled_at=now, settled_by=actor.person_id
        )
        if not changed:
            raise StepRefused("A colleague settled this already. Reload the page to see how.")
        record(
            Event.SETTLED,
            actor=actor,
            subject=submission,
            reason=answer.strip(),
            detail={"outcome": outcome},
        )
        enqueue(TELL, submission_id=submission.pk, step="settled", about=disputed.pk)


def _of_result(result: KpiResult) -> Submission:
    """Return the submission that a result rests on: its run's, else the newest of its period."""
    if result.run.submission is not None:
        return result.run.submission
    scope = {"study": result.study_id} if result.study_id else {}
    found = Submission.objects.filter(
        engagement=result.engagement_id,
        period_start=result.period_start,
        state__in=[State.ACCEPTED, State.SUPERSEDED],
        **scope,
    )
    newest = found.order_by("decided_at").last()
    if newest is None:
        raise StepRefused("Nothing was accepted for this month; send what is missing instead.")
    return newest
