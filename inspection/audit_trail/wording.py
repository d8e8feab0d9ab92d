"""Rows of the change history in words: tables, fields and values as a reader calls them."""

from typing import Any

from django.apps import apps
from django.db.models import Field, Model

from oversight.audit_trail.install import tracked_models
from oversight.audit_trail.models import Change

LONGEST = 160
NAMES = ("name", "protocol_number", "number", "slug", "email")


def tables_in_words() -> list[tuple[str, str]]:
    """Return (table, words) of every table under history, by words."""
    tables = ((m._meta.db_table, _capital(str(m._meta.verbose_name))) for m in tracked_models())
    return sorted(tables, key=lambda pair: pair[1])


def table_words(table: str) -> str:
    """Say a table: "vendors_vendor" → "Vendor"; a table no longer there keeps its name."""
    model = _model(table)
    return _capital(str(model._meta.verbose_name)) if model else table


def object_words(change: Change) -> str:
    """Say which row: the name it had, or its number."""
    row = change.after or change.before or {}
    name = next((str(row[key]) for key in NAMES if row.get(key)), "")
    return _shortened(name) if name else f"no. {change.object_id}"


def changed_fields(change: Change) -> list[tuple[str, str, str]]:
    """Return (field, old, new) in words; empty text where there was no value.

    A creation lists the fields that were filled in, a deletion those that were lost.
    """
    before, after = change.before or {}, change.after or {}
    if change.operation == Change.Operation.UPDATE:
        # A field that is never copied is in `before` only, as "(not shown)".
        return [_said(change, key, old, after.get(key, old)) for key, old in before.items()]
    if change.operation == Change.Operation.INSERT:
        return [_said(change, k, None, new) for k, new in after.items() if not _is_empty(new)]
    return [_said(change, k, old, None) for k, old in before.items() if not _is_empty(old)]


def _said(change: Change, key: str, old: Any, new: Any) -> tuple[str, str, str]:
    field = _field(change.table_name, key)
    label = _capital(str(field.verbose_name)) if field else key
    return label, _value(field, old), _value(field, new)


def _value(field: Any, value: Any) -> str:
    if _is_empty(value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field is not None and field.is_relation:
        return f"no. {value}"
    choices = dict(field.flatchoices) if field is not None else {}
    words = choices.get(value, value) if isinstance(value, str | int) else value
    return _shortened(str(words))


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _model(table: str) -> type[Model] | None:
    return next((m for m in apps.get_models() if m._meta.db_table == table), None)


def _field(table: str, column: str) -> "Field[Any, Any] | None":
    model = _model(table)
    fields = model._meta.concrete_fields if model else []
    return next((field for field in fields if field.column == column), None)
