"""The worker's front door to this floor: ids in, load, one call. Safe to run twice."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from inspection.building import build_export as build
from inspection.building import job_name
from inspection.models import InspectionExport
from inspection.task_names import BUILD_EXPORT, SWEEP
from oversight import progress
from oversight.jobs import enqueue

# What has not begun after this long was never enqueued, or its worker is gone.
PATIENCE = timedelta(minutes=2)
State = InspectionExport.State


@shared_task(name=BUILD_EXPORT)
def build_export(export_id: int) -> None:
    """Build an inspection pack that was asked for."""
    export = InspectionExport.objects.select_related("requester").get(pk=export_id)
    build(export=export, now=timezone.now())


@shared_task(name=SWEEP)
def sweep() -> None:
    """Enqueue again the packs that were asked for and never finished."""
    long_ago = timezone.now() - PATIENCE
    waiting = InspectionExport.objects.filter(
        state__in=[State.REQUESTED, State.BUILDING], requested_at__lt=long_ago
    )
    for export in waiting:
        if progress.of(job_name(export)) is None:
            enqueue(BUILD_EXPORT, export_id=export.pk)
