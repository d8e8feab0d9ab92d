"""`manage.py check`: Django's own checks, and the whole catalogue of KPIs with its examples."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.check import Command as DjangoCheck

from kpis.engine.catalogue import CATALOGUE_FOLDER
from kpis.engine.versions import catalogue_problems


class Command(DjangoCheck):
    """Refuse a bad catalogue, then check everything else.

    The examples take a second or more, so they run here and not when each process starts.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the folder to look at."""
        super().add_arguments(parser)
        parser.add_argument(
            "--catalogue",
            type=Path,
            default=CATALOGUE_FOLDER,
            help="A folder of KPI definitions to check instead of the installed one.",
        )

    def handle(self, *app_labels: Any, **options: Any) -> None:
        """Raise CommandError with every problem of the catalogue at once."""
        problems = catalogue_problems(options.pop("catalogue"))
        if problems:
            raise CommandError("The KPI catalogue is refused:\n" + "\n".join(problems))
        super().handle(*app_labels, **options)
