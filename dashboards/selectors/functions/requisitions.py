"""Positions of a month: open at its start, approved, filled, cancelled, open at its end."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboards.periods import Asked
from kpis.models import Submission, SubmittedTable
from kpis.submissions.sealing import open_table

LISTING = "positions"
COLUMNS = ["approved_on", "started_on", "withdrawn_on"]
TAKEN = (Submission.State.ACCEPTED, Submission.State.SUPERSEDED)


@dataclass(frozen=True)
class Requisitions:
    """Counts of one engagement up to its data cut-off; `oldest` is the age of the longest open.

    start + approved − filled − cancelled = end.
    """

    start: int
    approved: int
    filled: int
    cancelled: int
    end: int
    oldest: int | None
    cutoff_date: date


def requisitions(
    user: Any, *, asked: Asked, period: date, engagements: Collection[int]
) -> Mapping[int, Requisitions]:
    """Return the counts by engagement, where positions came for the month; one statement.

    Of what was accepted the newest counts, with the tables of its newest check.
    """
    rows = SubmittedTable.objects.visible_to(user).filter(
        listing=LISTING,
        check_made__submission__engagement__in=engagements,
        check_made__submission__period_start=period,
        check_made__submission__state__in=TAKEN,
    )
    if asked.known_until is not None:
        rows = rows.filter(check_made__submission__decided_at__lt=asked.known_until)
    scope = ("check_made__submission__engagement_id", "check_made__submission__study_id")
    newest = rows.order_by(*scope, "-check_made__submission__decided_at", "-check_made_id")
    parts: dict[int, list[tuple[str, date]]] = {}
    for engagement, sha256, cutoff in newest.distinct(*scope).values_list(
        scope[0], "sha256", "check_made__submission__data_cutoff_date"
    ):
        parts.setdefault(engagement, []).append((sha256, cutoff))
    return {engagement: _together(found, period) for engagement, found in parts.items()}


def counted(table: pd.DataFrame, *, first: date, cutoff: date) -> Requisitions:
    """Count the rows of a listing from the first day of a month to its cut-off.

    A requisition without the day of its approval is not counted; one that ends before it was
    approved was never open. Who started on the day of a withdrawal filled it.
    """
    begin, until = pd.Timestamp(first), pd.Timestamp(cutoff)
    approved = table["approved_on"].dt.normalize()
    started = table["started_on"].dt.normalize()
    withdrawn = table["withdrawn_on"].dt.normalize()
    ended = started.where(started.notna() & ~(withdrawn < started), withdrawn)
    known = approved.notna() & (approved <= until) & ~(ended < approved)
    over = known & (ended <= until)
    filled = over & (started == ended)
    before = known & (approved < begin)
    still = known & ~over
    ages = (until - approved[still]).dt.days
    return Requisitions(
        start=int((before & ~(ended < begin)).sum()),
        approved=int((known & (approved >= begin)).sum()),
        filled=int((filled & (ended >= begin)).sum()),
        cancelled=int((over & ~filled & (ended >= begin)).sum()),
        end=int(still.sum()),
        oldest=int(ages.max()) if len(ages) else None,
        cutoff_date=cutoff,
    )


def _together(parts: list[tuple[str, date]], first: date) -> Requisitions:
    """Add the parts of one engagement; each is counted up to its own cut-off."""
    found = [
        counted(open_table(sha256, COLUMNS), first=first, cutoff=cutoff) for sha256, cutoff in parts
    ]
    return Requisitions(
        start=sum(one.start for one in found),
        approved=sum(one.approved for one in found),
        filled=sum(one.filled for one in found),
        cancelled=sum(one.cancelled for one in found),
        end=sum(one.end for one in found),
        oldest=max((one.oldest for one in found if one.oldest is not None), default=None),
        cutoff_date=max(one.cutoff_date for one in found),
    )
