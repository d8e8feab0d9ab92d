"""Seeds one or both portfolios into the database and storage of the environment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date

from django.core.management import call_command
from django.db import connection, connections

from benchmarks.large.months import Made, make_months
from benchmarks.large.register import Register, make_register
from benchmarks.large.variations import variations
from dashboards.periods import months_back
from kpis.due import Duty, duties
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation

MONTHS = 60


@dataclass(frozen=True)
class Seeded:
    """A portfolio and what was written of it."""

    register: Register
    made: Made
    duties: tuple[Duty, ...]


def seed(*, studies: int, cros: int, today: date, months: int = MONTHS) -> Seeded:
    """Write a portfolio up to the last month whose due day has passed for everybody."""
    last = months_back(today.replace(day=1), 2 if today.day > 20 else 3)[0]
    with _results_unchecked(), acting(Actor.system("benchmark"), reason="Benchmark"):
        since = months_back(last, months)[0]
        register = make_register(studies=studies, cros=cros, since=since)
        made = make_months(register, variations(), last=last, months=months)
    held = duties(Delegation.objects.filter(study__in=register.studies))
    return Seeded(register, made, held)


@contextmanager
def _results_unchecked() -> Iterator[None]:
    """Take keys and indexes off the results while they are written; all are made anew after."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = 'kpis_kpiresult'::regclass AND contype IN ('f', 'u')"
        )
        constraints = cursor.fetchall()
        cursor.execute(
            "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE tablename = 'kpis_kpiresult' "
            "AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conname = i.indexname)"
        )
        indexes = cursor.fetchall()
        for name, _ in constraints:
            cursor.execute(f'ALTER TABLE kpis_kpiresult DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connections["owner"].cursor() as cursor:
        for name, definition in constraints:
            cursor.execute(f'ALTER TABLE kpis_kpiresult ADD CONSTRAINT "{name}" {definition}')
        for _, definition in indexes:
            cursor.execute(definition)


def migrate() -> None:
    """Make the tables."""
    call_command("migrate", database="owner", verbosity=0, interactive=False)


def settle() -> None:
    """Let PostgreSQL count and tidy what was written, as autovacuum would have in five years."""
    connections["owner"].ensure_connection()
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def counted(found: Seeded) -> dict[str, object]:
    """Return how much was written, for a report."""
    return asdict(found.made) | {"months": len(found.made.months)}
