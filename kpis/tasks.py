"""The worker's front door to this floor: ids in, load, one call. Safe to run twice."""

import os
import socket
from datetime import date, timedelta
from time import perf_counter

from celery import Task, shared_task
from django.db.models import Exists, OuterRef
from django.utils import timezone

from kpis.due import month_before
from kpis.models import ShadowRun, SnapshotRun, Submission, SubmittedFile
from kpis.recomputing import ending, work
from kpis.reminders import notices, sending
from kpis.selectors.templates import template_scope
from kpis.shadow.asking import job_name as shadow_job
from kpis.shadow.computing import compute_shadow
from kpis.snapshots import proving
from kpis.snapshots.compute import compute_for
from kpis.snapshots.missing import mark_missing as mark
from kpis.submissions import check
from kpis.submissions.marking.make import make_marked
from kpis.submissions.states import State
from kpis.submissions.template.issue import issue_template
from kpis.task_names import (
    CHECK_SUBMISSION,
    COMPUTE_SNAPSHOT,
    MAKE_TEMPLATE,
    MARK_FILE,
    MARK_MISSING,
    PROVE,
    RECOMPUTE,
    RECOMPUTE_PART,
    REMIND,
    RUN_SHADOW,
    SWEEP,
    TELL,
)
from oversight import progress
from oversight.accounts.models import User
from oversight.jobs import enqueue
from vendors.access import Permission, actor_of, permissions_of

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


@shared_task(name=RUN_SHADOW)
def run_shadow(run_id: int) -> None:
    """Compute a coming version on past months."""
    run = ShadowRun.objects.select_related("asked_by").get(pk=run_id)
    compute_shadow(run=run, now=timezone.now())


@shared_task(name=PROVE)
def prove(run_id: int, slug: str, user_id: int) -> None:
    """Compute one stored result again for somebody who sees it, and record what came of it."""
    user = User.objects.get(pk=user_id)
    run = SnapshotRun.objects.visible_to(user).filter(pk=run_id).first()
    if run is None:
        return  # it was taken out of their sight since
    job, begun = proving.job_name(run_id, slug), perf_counter()
    try:
        progress.report(job, "Computing it again from its rows", 0.5)
        proof = proving.proof_of(run, slug)
        seconds = perf_counter() - begun
        proving.record_proof(actor=actor_of(user), run=run, proof=proof, seconds=seconds)
    finally:
        progress.finish(job)


@shared_task(name=MARK_FILE)
def mark_file(file_id: int) -> None:
    """Make the marked copy of a submitted file."""
    file = SubmittedFile.objects.select_related("submission").get(pk=file_id)
    make_marked(file=file, now=timezone.now())


@shared_task(name=SWEEP)
def sweep() -> None:
    """Enqueue again what was committed and never finished."""
    long_ago = timezone.now() - PATIENCE
    for submission in Submission.objects.filter(state=State.RECEIVED, received_at__lt=long_ago):
        if progress.of(check.job_name(submission)) is None:
            enqueue(CHECK_SUBMISSION, submission_id=submission.pk)
    computed = SnapshotRun.objects.filter(
        engagement=OuterRef("engagement"),
        study=None,
        period_start=OuterRef("period_start"),
        computed_at__gte=OuterRef("decided_at"),
    )
    accepted = Submission.objects.filter(state=State.ACCEPTED, decided_at__lt=long_ago)
    for submission in accepted.exclude(Exists(computed)):
        enqueue(COMPUTE_SNAPSHOT, submission_id=submission.pk)
    ending.sweep(now=timezone.now())
    for run in ShadowRun.objects.filter(computed_at=None, asked_at__lt=long_ago):
        if progress.of(shadow_job(run.pk)) is None:
            enqueue(RUN_SHADOW, run_id=run.pk)


@shared_task(name=MARK_MISSING)
def mark_missing(period: str | None = None) -> None:
    """Store what is due and not there: of one month, or of the two before this one."""
    now = timezone.now()
    last = month_before(now.date().replace(day=1))
    months = [date.fromisoformat(period)] if period else [month_before(last), last]
    for one in months:
        mark(period=one, today=now.date(), now=now)


@shared_task(name=REMIND)
def remind() -> None:
    """Remind by mail of what is due soon, today or late; each occasion once."""
    now = timezone.now()
    sending.remind(today=now.date(), now=now)


@shared_task(name=TELL)
def tell(submission_id: int, step: str, about: int = 0) -> None:
    """Tell the other side by mail that a submission took a step."""
    rows = Submission.objects.select_related("study", "engagement__sponsor", "engagement__vendor")
    submission = rows.get(pk=submission_id)
    notices.tell(submission=submission, step=step, now=timezone.now(), about=about)


@shared_task(name=MAKE_TEMPLATE)
def make_template(engagement_id: int, study_id: int | None, period: str, user_id: int) -> None:
    """Make the template that somebody asked for, with what they may see today."""
    user = User.objects.get(pk=user_id)
    scope = template_scope(
        user, engagement_id=engagement_id, study_id=study_id, period=date.fromisoformat(period)
    )
    if scope is None or Permission.UPLOAD not in permissions_of(user, scope.engagement):
        return  # it was ended since
    issue_template(
        actor=actor_of(user),
        user=user,
        engagement=scope.engagement,
        study=scope.study,
        due=scope.due,
        period=scope.period,
        now=timezone.now(),
    )


@shared_task(name=RECOMPUTE)
def recompute(recomputation_id: int) -> None:
    """Hand out what is left to do of a recomputation, part by part."""
    for part_id in work.unfinished(recomputation_id):
        enqueue(RECOMPUTE_PART, part_id=part_id)


@shared_task(name=RECOMPUTE_PART, bind=True)
def recompute_part(self: Task, part_id: int) -> None:
    """Compute one part of a recomputation, unless another worker is at it or it is done."""
    worker = f"{self.request.hostname or socket.gethostname()}, process {os.getpid()}"
    work.recompute_part(part_id=part_id, worker=worker, clock=timezone.now)
