"""The sweep enqueues again what was committed and never finished, and nothing else."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

from kpis.models import Submission
from kpis.submissions.check import job_name
from kpis.tasks import compute_snapshot, sweep
from oversight import progress
from oversight.audit_trail.attribution import Actor, acting
from tests.kpis.makers import accepted, checked, received
from tests.people import World

Capture = Callable[..., AbstractContextManager[list[Callable[[], Any]]]]


def enqueued_by_sweep(capture: Capture) -> int:
    with capture() as callbacks:
        sweep()
    return len(callbacks)


def test_what_waits_for_long_is_enqueued_again(
    world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    submission = received(world)  # in November 2025
    assert enqueued_by_sweep(django_capture_on_commit_callbacks) == 1
    progress.report(job_name(submission), "Reading", 0.5)
    assert enqueued_by_sweep(django_capture_on_commit_callbacks) == 0


def test_what_has_just_come_in_is_left_to_its_worker(
    world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    submission = received(world)
    with acting(Actor.system("tests"), reason="received a moment ago"):
        Submission.objects.filter(pk=submission.pk).update(received_at=datetime.now(UTC))
    assert enqueued_by_sweep(django_capture_on_commit_callbacks) == 0


def test_what_is_checked_is_left_alone(
    world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    checked(world)
    assert enqueued_by_sweep(django_capture_on_commit_callbacks) == 0


def test_an_accepted_month_without_results_is_computed(
    world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    submission = accepted(world)
    assert enqueued_by_sweep(django_capture_on_commit_callbacks) == 1
    compute_snapshot(submission.pk)
    assert enqueued_by_sweep(django_capture_on_commit_callbacks) == 0
