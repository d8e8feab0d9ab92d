"""Load the demo when the database is empty, and carry on loading its history."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo.months import expected, load_month, loaded
from demo.set_up import set_up
from demo.shadow import look_ahead
from demo.story import MONTHS, PASSWORD, PEOPLE, SIGN_INS, SPONSOR
from demo.tasks import LOAD_MONTH
from oversight.jobs import enqueue
from vendors.models import Sponsor


class Command(BaseCommand):
    """Make the demo's world and its newest two months; a worker loads the months before.

    Two, so that the newest has one to be compared with.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to print, the day to count back from, and whether to wait for the history."""
        parser.add_argument("--sign-ins", action="store_true", help="Print the sign-ins only.")
        parser.add_argument("--today", type=date.fromisoformat, help="Count back from this day.")
        parser.add_argument(
            "--months", type=int, default=2, help="Load so many months now, the newest last."
        )
        parser.add_argument("--whole", action="store_true", help="Load all months now.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or print the sign-ins."""
        if options["sign_ins"]:
            self._print_sign_ins()
            return
        if not (settings.DEMO or settings.MODE == "test"):
            raise CommandError("The demo's people and passwords are public: not in production.")
        if Sponsor.objects.exclude(name=SPONSOR).exists():
            self.stdout.write("The database holds other sponsors; the demo is not loaded into it.")
            return
        today = options["today"] or timezone.now().date()
        set_up(today=today)
        now = MONTHS if options["whole"] else min(options["months"], MONTHS)
        for months_ago in range(now, 0, -1):
            load_month(months_ago=months_ago, today=today)
        if loaded() < expected(today=today):
            enqueue(LOAD_MONTH, months_ago=MONTHS, today=today.isoformat())
        else:
            look_ahead(today=today)

    def _print_sign_ins(self) -> None:
        people = {person.email: person for person in PEOPLE}
        for email in SIGN_INS:
            person = people[email]
            where = "" if person.organisation == SPONSOR else f", {person.organisation}"
            self.stdout.write(f"  {person.role.label + where:<40} {email}  {PASSWORD}")
