"""Records as they stood at a moment, put together from the change history.

Only for records under history; results and other insert-only records carry their own time. Who may
see a record is asked before, of today: `ids` are the ids a user sees. Nothing here knows users.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Min, Model
from psycopg2 import sql

from oversight.audit_trail.models import Change

Row = TypeVar("Row", bound=Model)

# For each record the latest change before the moment, else the first one after it. That one tells
# what stood before it as well: an update names the values it replaced, a deletion the whole row.
# A record without any change stands as it did before the history began.
STATEMENT = """
SELECT known.* FROM (
    SELECT DISTINCT ON (object_id) at < %(at)s AS earlier, operation,
        CASE WHEN at < %(at)s OR operation = 'insert' THEN after
             WHEN operation = 'update' THEN after || before
             ELSE before END AS image
    FROM audit_trail_change
    WHERE table_name = %(table)s AND object_id = ANY(%(keys)s)
    ORDER BY object_id, at >= %(at)s, CASE WHEN at < %(at)s THEN -id ELSE id END
) change, jsonb_populate_record(NULL::{table}, change.image) known
WHERE change.operation <> CASE WHEN change.earlier THEN 'delete' ELSE 'insert' END
   OR %(or_first)s AND NOT change.earlier
UNION ALL
SELECT untouched.* FROM {table} untouched
WHERE untouched.{key}::text = ANY(%(keys)s) AND NOT EXISTS (
    SELECT FROM audit_trail_change
    WHERE table_name = %(table)s AND object_id = untouched.{key}::text)
"""


def as_known(
    model: type[Row], ids: Collection[Any], at: datetime, *, or_first: bool = False
) -> list[Row]:
    """Return the records of `ids` as they stood before `at`, by key; one statement.

    A record created later or deleted before is left out; with `or_first`, one created later comes
    as it was created, for its name alone. A column added since is empty, a hidden one too.
    """
    table, key = model._meta.db_table, str(model._meta.pk.column)
    with connection.cursor() as cursor:
        statement = (
            sql.SQL(STATEMENT)
            .format(table=sql.Identifier(table), key=sql.Identifier(key))
            .as_string(cursor.connection)
        )
    wanted = {"table": table, "keys": [str(one) for one in ids], "at": at, "or_first": or_first}
    found = model._base_manager.raw(statement, wanted)
    return sorted(found, key=lambda row: row.pk)


def history_begins(*models: type[Model]) -> datetime | None:
    """Return when the first change of any such record was written; None without one."""
    tables = [model._meta.db_table for model in models]
    found: datetime | None = Change.objects.filter(table_name__in=tables).aggregate(
        first=Min("at")
    )["first"]
    return found
