"""The audit-trail extract: what happened to the records of this pack, and what changed in them.

Only records that the pack shows, each with its whole history up to the as-of date. What happens to
packs themselves (asked for, downloaded) is about no such record, so that making a pack does not
change the next one.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Max, Model, Q, QuerySet

from inspection.audit_trail.wording import table_words
from inspection.pack.rows import ChangeRow, EventRow
from inspection.pack.scope import Scope
from inspection.pack.text import compact_json, stored_text
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry, Change, Seal

Records = dict[type[Model], Collection[int]]
Entry = TypeVar("Entry", AuditTrailEntry, Change)
CHUNK = 2000


@dataclass(frozen=True)
class Covered:
    """How far the extract goes, and the first seal of the hash chain that covers all of it."""

    newest_at: datetime
    seal: Seal


def events_of(scope: Scope, records: Records) -> QuerySet[AuditTrailEntry]:
    """Return what happened to these records, oldest first."""
    return _about(AuditTrailEntry.objects.all(), records, "subject_table", "subject_id").filter(
        at__lt=scope.until
    )


def changes_of(scope: Scope, records: Records) -> QuerySet[Change]:
    """Return what changed in these records, oldest first."""
    found = _about(Change.objects.all(), records, "table_name", "object_id")
    return found.filter(at__lt=scope.until)


def _about(rows: QuerySet[Entry], records: Records, table: str, key: str) -> QuerySet[Entry]:
    mine = Q(pk__in=[])
    for model, ids in records.items():
        if ids:
            keys = [str(one) for one in sorted(ids)]
            mine |= Q(**{table: model._meta.db_table, f"{key}__in": keys})
    return rows.filter(mine).order_by("id")


def covering_seal(events: QuerySet[AuditTrailEntry], changes: QuerySet[Change]) -> Seal | None:
    """Return the first seal of the hash chain that covers all of the extract.

    None while some of it is not sealed yet, or for an extract without entries.
    """
    last_entry = events.aggregate(last=Max("id"))["last"]
    last_change = changes.aggregate(last=Max("id"))["last"]
    if last_entry is None and last_change is None:
        return None
    covering = Seal.objects.filter(
        last_entry_id__gte=last_entry or 0, last_change_id__gte=last_change or 0
    )
    return covering.order_by("id").first()


def newest_at(events: QuerySet[AuditTrailEntry], changes: QuerySet[Change]) -> datetime | None:
    """Return when the extract's newest entry was written: how far the pack knows."""
    found = [rows.aggregate(last=Max("at"))["last"] for rows in (events, changes)]
    return max((at for at in found if at is not None), default=None)


def event_rows(events: QuerySet[AuditTrailEntry]) -> Iterator[EventRow]:
    """Yield the listing's rows; never more than a chunk in memory."""
    for one in events.iterator(chunk_size=CHUNK):
        yield EventRow(
            id=one.pk,
            at=one.at,
            what=str(dict(Event.choices).get(one.event, one.event)),
            table=table_words(one.subject_table),
            number=one.subject_id,
            subject=one.subject_label,
            detail=compact_json(one.detail),
            **_who(one),
        )


def change_rows(changes: QuerySet[Change]) -> Iterator[ChangeRow]:
    """Yield one row for each field that changed; never more than a chunk in memory."""
    for one in changes.iterator(chunk_size=CHUNK):
        for field, old, new in _fields(one):
            yield ChangeRow(
                id=one.pk,
                at=one.at,
                operation=Change.Operation(one.operation).label,
                table=table_words(one.table_name),
                number=one.object_id,
                field=field,
                old=stored_text(old),
                new=stored_text(new),
                **_who(one),
            )


def _who(one: AuditTrailEntry | Change) -> dict[str, str]:
    return {
        "actor": one.actor_name or "unattributed",
        "role": one.role,
        "organisation": one.organisation,
        "reason": one.reason,
        "request_id": one.request_id,
    }


def _fields(one: Change) -> Iterator[tuple[str, Any, Any]]:
    before, after = one.before or {}, one.after or {}
    if one.operation == Change.Operation.UPDATE:
        for key in sorted(before):
            yield key, before[key], after.get(key, before[key])
        return
    for key in sorted(before or after):
        if (value := (before or after)[key]) not in (None, "", [], {}):
            yield (key, value, None) if before else (key, None, value)
