"""Installs the audit trail in PostgreSQL: functions, triggers and the application role's rights.

Connected to `post_migrate`, so a new model is under history from the migration that makes it.
"""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.models import Model
from psycopg2 import sql

APPEND_ONLY = ("audit_trail_change", "audit_trail_audittrailentry", "audit_trail_seal")
# The functions that the application calls; they run with their owner's rights.
CALLED = (
    "audit_trail_record_event(jsonb)",
    "audit_trail_seal()",
    "audit_trail_window_sha256(text, bigint, bigint, bigint, bigint)",
)
# Written by many and worth no history: framework bookkeeping, and the audit trail itself.
UNTRACKED_APPS = {"audit_trail", "auth", "contenttypes", "sessions"}
# Never copied into history.
SECRETS = {
    "accounts_user": "password,last_login",
    "mfa_authenticator": "data",
    "vendors_servicetoken": "secret_sha256",
}


def tracked_models() -> list[type[Model]]:
    """Return every model whose rows' changes are kept, in a stable order."""
    found = [
        model
        for config in apps.get_app_configs()
        if config.label not in UNTRACKED_APPS
        for model in config.get_models(include_auto_created=True)
        if model._meta.managed and not getattr(model, "insert_only", False)
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def insert_only_models() -> list[type[Model]]:
    """Return the models whose rows never change, and which so are their own history."""
    return sorted(
        (model for model in apps.get_models() if getattr(model, "insert_only", False)),
        key=lambda model: model._meta.db_table,
    )


def install(*, using: str, **_: Any) -> None:
    """Create or replace all of it; runs as the owner of the tables."""
    with connections[using].cursor() as cursor:
        cursor.execute(Path(__file__).with_name("install.sql").read_text(encoding="utf-8"))
        for model in tracked_models():
            table = model._meta.db_table
            _track(cursor, table, key=str(model._meta.pk.column), hidden=SECRETS.get(table, ""))
        for table in APPEND_ONLY + tuple(m._meta.db_table for m in insert_only_models()):
            _make_append_only(cursor, table)
        _grant(cursor)


def _track(cursor: Any, table: str, *, key: str, hidden: str) -> None:
    for operation, transition in {
        "INSERT": "NEW TABLE AS new_rows",
        "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "DELETE": "OLD TABLE AS old_rows",
    }.items():
        cursor.execute(
            sql.SQL(
                "CREATE OR REPLACE TRIGGER {name} AFTER {operation} ON {table} "
                "REFERENCING {transition} FOR EACH STATEMENT "
                "EXECUTE FUNCTION audit_trail_record_change({key}, {hidden})"
            )
            .format(
                name=sql.Identifier(f"audit_trail_{operation.lower()}"),
                operation=sql.SQL(operation),
                table=sql.Identifier(table),
                transition=sql.SQL(transition),
                key=sql.Literal(key),
                hidden=sql.Literal(hidden),
            )
            .as_string(cursor.connection)
        )
    cursor.execute(
        sql.SQL(
            "CREATE OR REPLACE TRIGGER audit_trail_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_trail_refuse()"
        )
        .format(table=sql.Identifier(table))
        .as_string(cursor.connection)
    )


def _make_append_only(cursor: Any, table: str) -> None:
    cursor.execute(
        sql.SQL(
            "CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_trail_refuse()"
        )
        .format(table=sql.Identifier(table))
        .as_string(cursor.connection)
    )


def _grant(cursor: Any) -> None:
    role = settings.DATABASES["default"]["USER"]
    cursor.execute("SELECT current_user")
    if cursor.fetchone()[0] == role:
        return  # one role for everything: the triggers still refuse, see `check --deploy`
    statements = [
        "GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
    ]
    statements += [f"GRANT EXECUTE ON FUNCTION {signature} TO {{role}}" for signature in CALLED]
    statements += [f"REVOKE INSERT, UPDATE ON {table} FROM {{role}}" for table in APPEND_ONLY]
    statements += [
        f"REVOKE UPDATE ON {model._meta.db_table} FROM {{role}}" for model in insert_only_models()
    ]
    # Nothing of the business is deleted, it ends; what is deleted is a second factor and the like.
    statements += [
        f"GRANT DELETE ON {model._meta.db_table} TO {{role}}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and (model._meta.app_label in {"account", "mfa"} or getattr(model, "deletable", False))
    ]
    for statement in statements:
        cursor.execute(
            sql.SQL(statement).format(role=sql.Identifier(role)).as_string(cursor.connection)
        )
