"""The worker's front door to this floor: ids in, load, one call. Safe to run twice."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from kpis.models import Submission
from kpis.snapshots.compute import compute_for
from kpis.submissions import check
from kpis.submissions.states import State
from kpis.task_names import CHECK_SUBMISSION, COMPUTE_SNAPSHOT, SWEEP
from oversight import progress
from oversight.jobs import enqueue

# What has not begun after this long was never enqueued, or its worker is gone.
PATIENCE = timedelta(minutes=2)


@shared_task(name=CHECK_SUBMISSION)
def check_submission(submission_id: int) -> None:
    """Check a received submission."""
    submission = Submission.objects.select_related("study", "engagement").get(pk=submission_id)
    check.check_submission(submission=submission, now=timezone.now())


@shared_task(name=COMPUTE_SNAPSHOT)
def compute_snapshot(submission_id: int) -> None:
    """Compute the KPIs of an accepted submission's scope and period."""
    compute_for(submission=Submission.objects.get(pk=submission_id), now=timezone.now())


@shared_task(name=SWEEP)
def sweep() -> None:
    """Enqueue again what was committed and never finished."""
    long_ago = timezone.now() - PATIENCE
    for submission in Submission.objects.filter(state=State.RECEIVED, received_at__lt=long_ago):
        if progress.of(check.job_name(submission)) is None:
            enqueue(CHECK_SUBMISSION, submission_id=submission.pk)
    uncomputed = Submission.objects.filter(
        state=State.ACCEPTED, decided_at__lt=long_ago, runs__isnull=True
    )
    for submission in uncomputed:
        enqueue(COMPUTE_SNAPSHOT, submission_id=submission.pk)
