"""Print the page of a submission's states."""

from typing import Any

from django.core.management.base import BaseCommand

from kpis.submissions.diagram import diagram_markdown


class Command(BaseCommand):
    """Print docs/submission-states.md."""

    help = __doc__
    requires_system_checks = []  # nothing but a table is read

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the page."""
        self.stdout.write(diagram_markdown(), ending="")
