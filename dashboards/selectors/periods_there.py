"""Which months a reader can choose from."""

from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from dashboards.periods import Asked
from kpis.models import CurrentRun, SnapshotRun


def periods_with_results(user: Any, *, asked: Asked) -> tuple[date, ...]:
    """Return the months that have a result or a missing one, newest first; one statement.

    From each month to the one before it by the index: reading every run of many years to tell
    sixty months takes ten times as long.
    """
    runs: Any = (
        CurrentRun.objects.visible_to(user)
        if asked.known_until is None
        else SnapshotRun.objects.visible_to(user).filter(computed_at__lt=asked.known_until)
    )
    months = runs.order_by("-period_start").values_list("period_start", flat=True)
    before = months.extra(where=["period_start < newer.month"])  # the month of the line above
    try:
        newest, given = months[:1].query.sql_with_params()
        earlier, given_again = before[:1].query.sql_with_params()
    except EmptyResultSet:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE newer (month) AS (({newest}) UNION ALL "  # noqa: S608 - the ORM's own
            f"SELECT ({earlier}) FROM newer WHERE newer.month IS NOT NULL) "
            "SELECT month FROM newer WHERE month IS NOT NULL",
            [*given, *given_again],
        )
        return tuple(month for (month,) in cursor.fetchall())
