"""Installs the audit trail's functions, triggers and rights after each migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

# Every process that loads Django must know the broker before a task is enqueued.
from oversight.celery import app as celery_app


class AuditTrailConfig(AppConfig):
    """The application that keeps what changed and what happened."""

    name = "oversight.audit_trail"
    label = "audit_trail"
    celery_app = celery_app

    def ready(self) -> None:
        """Connect the installer; it runs once per migrate, when all tables exist."""
        from oversight.audit_trail.install import install  # noqa: PLC0415  (needs loaded apps)

        post_migrate.connect(install, sender=self, dispatch_uid="audit-trail-install")
