"""A database that goes away during a check and comes back: nothing half stored, done later."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.db import connections
from psycopg2 import sql

from kpis.models import Check, Problem, SubmittedTable
from kpis.submissions.check import job_name
from kpis.submissions.states import State
from kpis.tasks import sweep
from oversight import progress
from tests.kpis.makers import fresh, received
from tests.kpis.test_killed_worker import ROWS, large_listing, wait_until
from tests.people import make_world
from tests.servers import running_worker


@contextmanager
def database_away() -> Iterator[None]:
    """Cut every connection and take no new one, as a server does that restarts."""
    name = connections["default"].settings_dict["NAME"]
    parameters = connections["owner"].get_connection_params()
    left_out = {"context", "cursor_factory", "dbname"}
    known = {key: value for key, value in parameters.items() if key not in left_out}
    connections.close_all()
    server = psycopg2.connect(**known, dbname="postgres")
    server.autocommit = True
    allow = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS {}")
    with server.cursor() as cursor:
        try:
            cursor.execute(allow.format(sql.Identifier(name), sql.SQL("false")))
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            yield
        finally:
            cursor.execute(allow.format(sql.Identifier(name), sql.SQL("true")))
    server.close()


@pytest.mark.usefixtures("committed_db")
def test_a_check_that_lost_its_database_is_made_again(own_storage: Path) -> None:
    log = own_storage.parent / "worker.log"
    with running_worker(own_storage):
        submission = received(make_world(), large_listing())
        wait_until(lambda: progress.of(job_name(submission)), 30)
        with database_away():
            wait_until(lambda: "OperationalError" in log.read_text(errors="replace"), 90)
        assert fresh(submission).state == State.RECEIVED
        for model in (Check, Problem, SubmittedTable):
            assert not model.objects.exists()

        progress.finish(job_name(submission))  # two minutes pass
        sweep()
        wait_until(lambda: fresh(submission).state == State.CHECKED, 90)
    assert Check.objects.count() == 1
    assert SubmittedTable.objects.get().row_count == ROWS
