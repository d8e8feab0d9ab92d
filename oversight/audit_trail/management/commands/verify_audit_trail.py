"""Verify the hash chain over the audit trail."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from oversight.audit_trail.models import Seal
from oversight.audit_trail.verify import broken_seals


class Command(BaseCommand):
    """Compute every seal again; exit with an error that names the first that does not hold."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many seals hold, or fail."""
        for broken in broken_seals():
            raise CommandError(
                f"Seal {broken.seal_id} does not hold: it says {broken.expected[:16]}…, the "
                f"entries give {broken.found[:16]}…. Entries it covers were altered."
            )
        head = Seal.objects.order_by("-id").first()
        if head is None:
            self.stdout.write(
                "No seal yet: the first is made within five minutes of the first entry."
            )
            return
        self.stdout.write(f"All {Seal.objects.count()} seals hold. Head {head.pk}: {head.sha256}")
