"""The worker's front door to the audit trail."""

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail

from oversight.audit_trail import services
from oversight.audit_trail.models import Seal


@shared_task(name="audit_trail.seal")
def seal() -> None:
    """Close the open window of the hash chain."""
    services.seal()


@shared_task(name="audit_trail.anchor")
def anchor() -> None:
    """Mail the head of the hash chain to its keeper outside, so that nobody inside can redo it."""
    services.seal()
    head = Seal.objects.order_by("-id").first()
    if head is not None and settings.AUDIT_TRAIL_ANCHOR_EMAIL:
        send_mail(
            subject=f"Audit trail, seal {head.pk}",
            message=f"Seal {head.pk} of {head.at:%Y-%m-%d %H:%M} UTC\nSHA-256 {head.sha256}\n",
            from_email=None,
            recipient_list=[settings.AUDIT_TRAIL_ANCHOR_EMAIL],
        )
