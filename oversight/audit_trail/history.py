"""The change history of one record in words: who, when, from what to what, why.

Reads the rows that the database's triggers wrote. Whether somebody may see a record's history is
asked before, by the page that shows it; nothing here knows users or roles.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Field, ForeignKey, Max, Model, QuerySet

from oversight.audit_trail.models import Change
from oversight.look.times import day_text, utc_text

EMPTY = "empty"


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, both as a page writes them."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class HistoryEntry:
    """One change of one record. Without a name, nobody said whose doing it was."""

    at: datetime
    name: str
    role: str
    organisation: str
    operation: str
    reason: str
    fields: tuple[FieldChange, ...]


def last_change_id(row: Model) -> int:
    """Return the id of the latest change of `row`, 0 where it has none: its fingerprint."""
    found = _changes(row).order_by("-id").values_list("id", flat=True).first()
    return found or 0


def last_change_ids(rows: Iterable[Model]) -> dict[Any, int]:
    """Return the id of the latest change of each of `rows`, of one table, by key; one statement."""
    keys = {str(row.pk): row.pk for row in rows}
    tables = {row._meta.db_table for row in rows}
    found = Change.objects.filter(table_name__in=tables, object_id__in=keys)
    latest = found.order_by().values_list("object_id").annotate(newest=Max("id"))
    return {keys[key]: newest for key, newest in latest}


def history_of(row: Model, *, since: int = 0, limit: int = 100) -> tuple[HistoryEntry, ...]:
    """Return the latest `limit` changes of `row` after the change `since`, newest first.

    One statement, and one more for each kind of record that `row` refers to.
    """
    changes = list(_changes(row).filter(id__gt=since).order_by("-id")[:limit])
    fields = {field.column: field for field in row._meta.concrete_fields if field.column}
    names = _names(changes, fields)
    return tuple(_entry(change, fields, names) for change in changes)


def edits_of(
    model: type[Model], keys: Iterable[int], *, since: date, until: date, limit: int = 200
) -> tuple[tuple[str, HistoryEntry], ...]:
    """Return key and entry of the edits of many records of one kind, oldest first.

    Those made after the day `since`, up to and with `until`, in UTC. One statement, and one more
    for each kind of record that they refer to.
    """
    found = Change.objects.filter(
        table_name=model._meta.db_table,
        object_id__in=[str(key) for key in keys],
        operation=Change.Operation.UPDATE,
        at__date__gt=since,
        at__date__lte=until,
    )
    changes = list(found.order_by("id")[:limit])
    fields = {field.column: field for field in model._meta.concrete_fields if field.column}
    names = _names(changes, fields)
    return tuple((change.object_id, _entry(change, fields, names)) for change in changes)


def _entry(change: Change, fields: dict[str, Any], names: "Names") -> HistoryEntry:
    return HistoryEntry(
        at=change.at,
        name=change.actor_name,
        role=change.role,
        organisation=change.organisation,
        operation=Change.Operation(change.operation).label,
        reason=change.reason,
        fields=_field_changes(change, fields, names),
    )


def _changes(row: Model) -> QuerySet[Change]:
    return Change.objects.filter(table_name=row._meta.db_table, object_id=str(row.pk))


Names = dict[type[Model], dict[str, str]]


def _names(changes: Iterable[Change], fields: dict[str, Any]) -> Names:
    """Say the records that changes refer to, one statement for each kind of record."""
    wanted: dict[type[Model], set[Any]] = defaultdict(set)
    for change in changes:
        for column in change.before or {}:
            field = fields.get(column)
            if isinstance(field, ForeignKey) and change.operation == Change.Operation.UPDATE:
                model: Any = field.related_model
                values = ((change.before or {}).get(column), (change.after or {}).get(column))
                wanted[model] |= {value for value in values if value is not None}
    return {
        model: {str(row.pk): str(row) for row in model._base_manager.filter(pk__in=keys)}
        for model, keys in wanted.items()
    }


def _field_changes(change: Change, fields: dict[str, Any], names: Names) -> tuple[FieldChange, ...]:
    if change.operation != Change.Operation.UPDATE:
        return ()
    after = change.after or {}
    return tuple(
        FieldChange(
            label=_label(fields[column]),
            old=_text(fields[column], old, names),
            new=_text(fields[column], after.get(column), names),
        )
        for column, old in sorted((change.before or {}).items())
        if column in fields
    )


def _label(field: Any) -> str:
    words = str(field.verbose_name)
    return words[:1].upper() + words[1:]


def _text(field: "Field[Any, Any]", value: Any, names: Names) -> str:
    """Say a value as it stood in the row's JSON."""
    if value is None or value in ("", []):
        return EMPTY
    if isinstance(field, ForeignKey):
        related: Any = field.related_model
        return names.get(related, {}).get(str(value), f"number {value}")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    kind = field.get_internal_type()
    if kind == "DateField":
        return day_text(date.fromisoformat(value))
    if kind == "DateTimeField":
        return utc_text(datetime.fromisoformat(value))
    return str(value)
