"""Reading the audit trail for the page and the export, a hundred lines at a time.

Newest first, by keyset: a page begins below the id where the one before ended, so that neither a
deep page nor an entry written meanwhile costs or hides anything. Nothing is counted but the
unattributed changes and the open window.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from inspection.audit_trail import wording
from inspection.audit_trail.scope import changes_of, entries_of
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry, Change, Seal
from vendors.models import Sponsor

PAGE = 100


@dataclass(frozen=True)
class Line:
    """One line of either record, ready to be shown. `fields` is (field, old, new) in words."""

    id: int
    at: datetime
    sentence: str
    subject: str
    actor: str
    role: str
    organisation: str
    reason: str
    request_id: str
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class SealStatus:
    """The hash chain: how many seals, its head, and what no seal covers yet."""

    count: int
    head_id: int | None
    head_sha256: str
    head_at: datetime | None
    open_window: int


def event_lines(sponsors: list[Sponsor], asked: dict[str, Any]) -> QuerySet[AuditTrailEntry]:
    """Return what happened, newest first; `asked` is the cleaned filter."""
    rows = _filtered(entries_of(sponsors), asked)
    if asked.get("what"):
        rows = rows.filter(event=asked["what"])
    if asked.get("subject"):
        rows = rows.filter(subject_label__icontains=asked["subject"])
    return rows.order_by("-id")


def change_lines(
    sponsors: list[Sponsor], asked: dict[str, Any], *, unattributed: bool = False
) -> QuerySet[Change]:
    """Return what changed, newest first; only what nobody answers for if asked."""
    rows = _filtered(changes_of(sponsors), asked)
    if unattributed:
        rows = rows.filter(actor_name="")
    if asked.get("what"):
        rows = rows.filter(table_name=asked["what"])
    if subject := asked.get("subject"):
        named = Q(object_id=subject)
        for name in wording.NAMES:
            named |= Q(**{f"after__{name}__icontains": subject})
            named |= Q(**{f"before__{name}__icontains": subject})
        rows = rows.filter(named)
    return rows.order_by("-id")


def line_of(row: AuditTrailEntry | Change) -> Line:
    """Turn a stored row into a line in words."""
    told: dict[str, Any] = {
        "id": row.pk,
        "at": row.at,
        "actor": row.actor_name,
        "role": row.role,
        "organisation": row.organisation,
        "reason": row.reason,
        "request_id": row.request_id,
    }
    if isinstance(row, Change):
        return Line(
            **told,
            sentence=f"{wording.table_words(row.table_name)}: "
            f"{Change.Operation(row.operation).label.lower()}",
            subject=wording.object_words(row),
            fields=tuple(wording.changed_fields(row)),
        )
    subject = row.subject_label
    if row.subject_table:
        subject = f"{wording.table_words(row.subject_table)} {subject}"
    return Line(**told, sentence=Event(row.event).label, subject=subject)


def page_of(rows: QuerySet[Any], *, before: int | None) -> tuple[list[Line], int | None]:
    """Return a page of lines and where the next one begins, or None at the end."""
    if before:
        rows = rows.filter(id__lt=before)
    found = list(rows[: PAGE + 1])
    lines = [line_of(row) for row in found[:PAGE]]
    return lines, lines[-1].id if len(found) > PAGE else None


def seal_status() -> SealStatus:
    """Return the state of the hash chain, which covers all sponsors' entries."""
    head = Seal.objects.order_by("-id").first()
    changes = Change.objects.filter(id__gt=head.last_change_id if head else 0).count()
    entries = AuditTrailEntry.objects.filter(id__gt=head.last_entry_id if head else 0).count()
    return SealStatus(
        count=Seal.objects.count(),
        head_id=head.pk if head else None,
        head_sha256=head.sha256 if head else "",
        head_at=head.at if head else None,
        open_window=changes + entries,
    )


def _filtered(rows: QuerySet[Any], asked: dict[str, Any]) -> QuerySet[Any]:
    if asked.get("actor"):
        rows = rows.filter(actor_name__icontains=asked["actor"])
    if asked.get("from_date"):
        rows = rows.filter(at__gte=datetime.combine(asked["from_date"], time(), UTC))
    if asked.get("until_date"):
        end = datetime.combine(asked["until_date"], time(), UTC) + timedelta(days=1)
        rows = rows.filter(at__lt=end)
    return rows
