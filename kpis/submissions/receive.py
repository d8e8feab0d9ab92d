"""Step 1, receive: the bytes are hashed and kept, and the check is enqueued."""

import logging
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import PurePath

from django.db import IntegrityError, connection

from kpis.due import asked_of
from kpis.models import Submission, SubmittedFile
from kpis.submissions.handing import begin_change
from kpis.submissions.limits import refuse_too_large
from kpis.submissions.sent_before import (
    Upload,
    refuse_if_sent_before,
    refuse_the_same,
    refuse_twins,
)
from kpis.submissions.states import State, StepRefused, locked, move
from kpis.task_names import CHECK_SUBMISSION
from oversight import storage
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from oversight.jobs import enqueue
from studies.models import Engagement, Study

__all__ = ["Upload", "add_files", "check_delegated", "confirm_cutoff", "receive", "set_aside"]

logger = logging.getLogger(__name__)

GONE = "{name} was replaced or taken out already, perhaps by a colleague. Nothing was changed."


def receive(
    *,
    actor: Actor,
    engagement: Engagement,
    study: Study | None,
    uploads: Sequence[Upload],
    data_cutoff_date: date | None,
    now: datetime,
    door: SubmittedFile.Door = SubmittedFile.Door.PAGE,
) -> Submission:
    """Start a submission with its files; raises StepRefused with a sentence for the sender.

    Without a study it spans all studies of the engagement. Refused: a scope for which nothing is
    due (not delegated, or the engagement reports otherwise), one that has an open submission
    already, bytes that stand in another submission of the same CRO.
    """
    refuse_twins(uploads)
    refuse_too_large(engagement.sponsor_id, [(one.name, one.size) for one in uploads])
    check_delegated(engagement, study, on=data_cutoff_date or now.date())
    submission = Submission(
        engagement=engagement,
        study=study,
        created_by_id=actor.person_id,
        received_at=now,
        data_cutoff_date=data_cutoff_date,
        period_start=data_cutoff_date and data_cutoff_date.replace(day=1),
    )
    try:
        with acting(actor, reason=f"Upload for {submission.scope_name}"):
            submission.save()
            _keep_all(actor, submission, uploads, now, door)
            enqueue(CHECK_SUBMISSION, submission_id=submission.pk)
    except IntegrityError as error:
        if "submission_one_open_per_scope" in str(error):
            raise StepRefused(
                f"A submission for {submission.scope_name} and this period is open already. "
                "Open it and add the file there."
            ) from error
        raise
    return submission


def add_files(
    *,
    actor: Actor,
    submission: Submission,
    uploads: Sequence[Upload],
    replaces: SubmittedFile | None,
    now: datetime,
    revision: int | None = None,
) -> None:
    """Add files to an open submission, in place of `replaces` if given; the check runs again.

    What was corrected in a replaced file ends with it.
    """
    refuse_twins(uploads)
    sponsor_id = submission.engagement.sponsor_id
    refuse_too_large(sponsor_id, [(one.name, one.size) for one in uploads])
    with acting(actor, reason="Corrected file" if replaces else "Further file"):
        submission = locked(submission)
        begin_change(actor=actor, submission=submission, now=now, revision=revision)
        check_again(submission)
        if replaces is not None:
            refuse_the_same(uploads, replaces)
            standing = submission.files.filter(pk=replaces.pk, set_aside_at=None)
            if not standing.update(set_aside_at=now):
                raise StepRefused(GONE.format(name=replaces.name))
        _keep_all(actor, submission, uploads, now)


def set_aside(
    *, actor: Actor, file: SubmittedFile, now: datetime, revision: int | None = None
) -> None:
    """Take a file out of an open submission; its bytes and its row stay."""
    with acting(actor, reason=f"{file.name} taken out"):
        submission = locked(file.submission)
        begin_change(actor=actor, submission=submission, now=now, revision=revision)
        if not submission.files.filter(pk=file.pk, set_aside_at=None).exists():
            raise StepRefused(GONE.format(name=file.name))
        if submission.files.filter(set_aside_at=None).exclude(pk=file.pk).count() == 0:
            raise StepRefused("This is the only file. Replace it, or withdraw the submission.")
        file.set_aside_at = now
        file.save(update_fields=["set_aside_at"])
        check_again(submission)


def confirm_cutoff(
    *,
    actor: Actor,
    submission: Submission,
    data_cutoff_date: date,
    now: datetime,
    revision: int | None = None,
) -> None:
    """Set the cut-off date that the sender confirmed; the check runs again against it."""
    check_delegated(submission.engagement, submission.study, on=data_cutoff_date)
    try:
        with acting(actor, reason=f"Cut-off confirmed: {data_cutoff_date}"):
            submission = locked(submission)
            begin_change(actor=actor, submission=submission, now=now, revision=revision)
            submission.data_cutoff_date = data_cutoff_date
            submission.period_start = data_cutoff_date.replace(day=1)
            check_again(submission)
    except IntegrityError as error:
        if "submission_one_open_per_scope" in str(error):
            raise StepRefused(
                f"{data_cutoff_date:%B %Y} has an open submission already. "
                "Continue there, or withdraw one of the two."
            ) from error
        raise


def check_again(submission: Submission) -> None:
    """Go back to received and enqueue the check; the caller holds the lock."""
    if submission.state != State.RECEIVED:
        move(submission, State.RECEIVED)
    submission.save()
    enqueue(CHECK_SUBMISSION, submission_id=submission.pk)


def check_delegated(engagement: Engagement, study: Study | None, *, on: date) -> None:
    """Raise StepRefused unless something is due from the engagement for that scope on that day."""
    if asked_of(engagement, study.pk if study else None, on=on) is None:
        about = f"{study}" if study else "its studies together"
        raise StepRefused(
            f"Nothing that a KPI measures is delegated to {engagement} for {about} on "
            f"{on:%-d %b %Y}. Check the choice, or ask the sponsor to record the delegation."
        )


def _keep_all(
    actor: Actor,
    submission: Submission,
    uploads: Sequence[Upload],
    now: datetime,
    door: SubmittedFile.Door = SubmittedFile.Door.PAGE,
) -> None:
    hashes = [storage.digest(upload.stream) for upload in uploads]
    _wait_for_other_uploads(submission.engagement.vendor_id)
    refuse_if_sent_before(submission, dict(zip(hashes, uploads, strict=True)))
    for upload, sha256 in zip(uploads, hashes, strict=True):
        _kept(upload)
        file = SubmittedFile.objects.create(
            submission=submission,
            name=_last_part(upload.name),
            size=upload.size,
            sha256=sha256,
            door=door,
            received_at=now,
            uploaded_by_id=actor.person_id,
        )
        record(
            Event.RECEIVED,
            actor=actor,
            subject=file.submission,
            detail={
                "file": file.name,
                "sha256": sha256,
                "size": upload.size,
            },
        )


def _wait_for_other_uploads(vendor_id: int) -> None:
    """Let one upload of a CRO at a time ask what was sent before, until its transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('uploads of a CRO'), %s)", [vendor_id]
        )


def _last_part(name: str) -> str:
    last = PurePath(name.replace("\\", "/")).name[:255]
    return last if last.strip(". ") else "file"


def _kept(upload: Upload) -> None:
    try:
        storage.keep(upload.stream)
    except OSError as error:
        logger.exception("A file could not be stored.")
        raise StepRefused(
            f"{upload.name} could not be stored: something is wrong on our side. Nothing was"
            " changed. Send it again later."
        ) from error
