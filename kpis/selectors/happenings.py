"""What happened to a submission, from the audit trail, newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kpis.models import Submission
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry

# Both sides see the steps themselves; who looked, downloaded or was refused is the sponsor's.
STEPS = (
    Event.CREATED,
    Event.RECEIVED,
    Event.CHECKED,
    Event.EXPLAINED,
    Event.TAKEN_OVER,
    Event.CORRECTED,
    Event.CORRECTION_ENDED,
    Event.DISPUTED,
    Event.SETTLED,
    Event.SUBMITTED,
    Event.RETURNED,
    Event.ACCEPTED,
    Event.SUPERSEDED,
    Event.WITHDRAWN,
    Event.COMPUTED,
)
SHOWN = 60


@dataclass(frozen=True)
class Happening:
    """One event: what, when, by whom, and the reason or detail they gave."""

    at: datetime
    what: str
    who: str
    note: str


def happenings(submission: Submission, *, sponsor_side: bool) -> tuple[Happening, ...]:
    """Return the latest events of `submission` that this side may see; one statement."""
    entries = AuditTrailEntry.objects.filter(
        subject_table=Submission._meta.db_table, subject_id=str(submission.pk)
    ).order_by("-id")
    if not sponsor_side:
        entries = entries.filter(event__in=STEPS)
    return tuple(
        Happening(
            at=entry.at,
            what=Event(entry.event).label,
            who=_who(entry),
            note=entry.reason or _detail(entry.detail),
        )
        for entry in entries[:SHOWN]
    )


def _who(entry: AuditTrailEntry) -> str:
    if entry.role == "system":
        return "by the application"
    return ", ".join(word for word in (entry.actor_name, entry.organisation) if word)


def _detail(detail: dict[str, Any]) -> str:
    if "file" in detail:
        return str(detail["file"])
    if "errors" in detail:
        return f"{_rules(detail['errors'], 'error')}, {_rules(detail['warnings'], 'warning')}"
    return ""


def _rules(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}" + ("" if count == 1 else "s")
