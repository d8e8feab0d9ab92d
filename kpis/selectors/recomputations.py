"""Recomputations as their list shows them."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, Sum

from kpis.models import Recomputation
from oversight.look.times import month_text, utc_text

PER_PAGE = 25


@dataclass(frozen=True)
class RecomputationLine:
    """One recomputation: how far it is, and what came out so far."""

    row: Recomputation
    scope: str
    months_words: str
    state: str
    months: int
    again: int
    differing: int
    not_possible: int

    @property
    def is_open(self) -> bool:
        """Tell whether workers are, or will be, at it."""
        return is_open(self.row)


def is_open(row: Recomputation) -> bool:
    """Tell whether it is neither finished nor cancelled."""
    return row.finished_at is None and row.cancelled_at is None


def scope_words(row: Recomputation) -> str:
    """Say what it is about."""
    return str(row.vendor or row.study or f"All of {row.sponsor}")


def months_words(row: Recomputation) -> str:
    """Say the months: "Jan 2026 to Oct 2026"."""
    first, last = month_text(row.first_month), month_text(row.last_month)
    return first if first == last else f"{first} to {last}"


def state_words(row: Recomputation, *, done: int, parts: int) -> str:
    """Say where it stands."""
    if row.cancelled_at:
        return f"Cancelled, {utc_text(row.cancelled_at)}"
    if row.finished_at:
        return f"Finished, {utc_text(row.finished_at)}"
    return f"{done} of {parts} parts done" if done else "Waiting for its turn"


def recomputation_page(
    *, user: Any, number: str
) -> tuple["Page[Any]", tuple[RecomputationLine, ...]]:
    """Return a page of the recomputations that `user` sees, newest first; two statements."""
    rows: Any = (
        Recomputation.objects.visible_to(user)
        .select_related("sponsor", "vendor", "study", "asked_by")
        .annotate(
            parts_planned=Count("parts"),
            parts_done=Count("parts", filter=Q(parts__finished_at__isnull=False)),
            **{f"sum_{name}": Sum(f"parts__{name}") for name in SUMS},
        )
        .order_by("-pk")
    )
    page = Paginator(rows, PER_PAGE).get_page(number)
    return page, tuple(_line(row) for row in page)


SUMS = ("months", "again", "differing", "not_possible")


def _line(row: Any) -> RecomputationLine:
    return RecomputationLine(
        row=row,
        scope=scope_words(row),
        months_words=months_words(row),
        state=state_words(row, done=row.parts_done, parts=row.parts_planned),
        **{name: getattr(row, f"sum_{name}") or 0 for name in SUMS},
    )
