"""Rows of submissions and due submissions, without a database."""

from datetime import UTC, date, datetime

from kpis.due import DueSubmission, Terms
from kpis.standing.came import Row

OCTOBER = date(2026, 10, 1)
DUE_DAY = date(2026, 11, 13)  # a Friday
IN_TIME, LATE = date(2026, 11, 10), date(2026, 11, 18)  # three business days after
LISTINGS = frozenset({"queries", "deviations"})
DUE = DueSubmission(1, 5, frozenset({"query-aging", "deviation-rate"}), LISTINGS, frozenset({5}))


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def row(
    state: str, *, handed: date | None = None, decided: date | None = None, replaces: int = 0
) -> Row:
    """Return a submission as it stands: begun on 9 November, handed over, decided."""
    return Row(
        7,
        state,
        at(date(2026, 11, 9)),
        at(handed) if handed else None,
        at(decided) if decided else None,
        replaces or None,
    )


def due(**terms: object) -> DueSubmission:
    """Return what is due under other terms."""
    return DueSubmission(1, 5, DUE.slugs, LISTINGS, frozenset({5}), Terms(**terms))  # type: ignore[arg-type]  # the fields of Terms
