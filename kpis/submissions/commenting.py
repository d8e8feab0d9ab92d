"""What the sponsor says of cells while it decides; it reaches the CRO with the return alone."""

from datetime import datetime
from typing import Any

from kpis.models import CellComment, Submission, SubmittedFile
from kpis.submissions.places import place_of, refuse_elsewhere
from kpis.submissions.states import State, StepRefused, locked
from oversight.audit_trail.attribution import Actor, acting

GONE = "The comment went to the CRO or was taken back already. Nothing was changed."


def comment_on(
    *, actor: Actor, file: SubmittedFile, sheet: str, at: str, text: str, now: datetime
) -> CellComment:
    """Keep a comment on a cell (B5), a row (5) or the whole sheet; a draft until the return.

    Raises StepRefused unless the submission waits for a decision and the sheet was read.
    """
    if not text.strip():
        raise StepRefused("Write what the CRO should look at.")
    place = place_of(sheet, at)
    with acting(actor, reason=f"Comment on {place.words}, {sheet}"):
        submission = locked(file.submission)
        if submission.state != State.SUBMITTED:
            raise StepRefused("Comments can be written while the submission waits for a decision.")
        refuse_elsewhere(file, sheet, submission.checks.last())
        return CellComment.objects.create(
            submission=submission,
            file=file,
            sheet=place.sheet,
            row=place.row,
            column=place.column,
            text=text.strip(),
            written_at=now,
            written_by_id=actor.person_id,
        )


def take_comment_back(*, actor: Actor, comment: CellComment, now: datetime) -> None:
    """Take a draft back; raises StepRefused once the CRO has it."""
    with acting(actor, reason="Comment taken back"):
        locked(comment.submission)
        taken = drafts_of(comment.submission).filter(pk=comment.pk)
        if not taken.update(taken_back_at=now, taken_back_by=actor.person_id):
            raise StepRefused(GONE)


def drafts_of(submission: Submission) -> Any:
    """Return the comments that the CRO has not been given."""
    return CellComment.objects.filter(submission=submission, returned_in=None, taken_back_at=None)


def hand_over_drafts(submission: Submission) -> int:
    """Give the CRO all drafts with a return, and return how many; the caller holds the lock."""
    given: int = drafts_of(submission).update(returned_in=submission)
    return given
