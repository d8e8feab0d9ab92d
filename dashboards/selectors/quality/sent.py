"""The submissions of some months: whose, how far, whether returned, what they restate."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, TextField
from django.db.models.functions import Cast

from dashboards.selectors.months import Span
from kpis.models import Submission
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry

FIELDS = (
    "pk",
    "engagement_id",
    "engagement__vendor_id",
    "engagement__vendor__name",
    "study_id",
    "study__protocol_number",
    "period_start",
    "state",
    "received_at",
    "decided_at",
    "supersedes_id",
    "supersedes__decided_at",
    "restatement_cause",
    "restatement_found_by",
    "restatement_reason",
    "returned",
)
TAKEN = (Submission.State.ACCEPTED, Submission.State.SUPERSEDED)


@dataclass(frozen=True)
class Sent:
    """One submission; `study` is empty where it spans studies, `returned` on its way to now."""

    pk: int
    engagement_id: int
    vendor_id: int
    vendor: str
    study_id: int | None
    study: str | None
    period: date
    state: str
    received_at: datetime
    decided_at: datetime | None
    supersedes_id: int | None
    first_accepted_at: datetime | None
    cause: str
    found_by: str
    reason: str
    returned: bool
    until: datetime | None

    @property
    def label(self) -> str:
        """Its number, as everywhere."""
        return f"S-{self.pk}"

    @property
    def place(self) -> str:
        """The study, or that it spans them."""
        return self.study or "all studies"

    @property
    def accepted(self) -> bool:
        """True where it was accepted by then, also when another replaced it later."""
        return (
            self.state in TAKEN
            and self.decided_at is not None
            and (self.until is None or self.decided_at < self.until)
        )

    @property
    def restates(self) -> bool:
        """True where it replaced one that was accepted before."""
        return self.accepted and self.supersedes_id is not None


def sent(user: Any, *, span: Span) -> tuple[Sent, ...]:
    """Return what came for the months, newest first, without what was withdrawn; one statement."""
    until = span.asked.known_until
    returns = AuditTrailEntry.objects.filter(
        event=Event.RETURNED,
        subject_table=Submission._meta.db_table,
        subject_id=Cast(OuterRef("pk"), TextField()),
    )
    rows = Submission.objects.visible_to(user).filter(
        period_start__gte=span.first, period_start__lte=span.period
    )
    if until is not None:
        returns, rows = returns.filter(at__lt=until), rows.filter(received_at__lt=until)
    found: Any = (
        rows.exclude(state=Submission.State.WITHDRAWN)
        .annotate(returned=Exists(returns))
        .order_by("-period_start", "-received_at", "-pk")
        .values_list(*FIELDS)
    )
    return tuple(Sent(*(*row, until)) for row in found)
