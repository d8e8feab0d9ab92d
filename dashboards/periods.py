"""Reporting periods (months, by their first day) and the moment as of which a page is shown.

Reads no clock: views pass today in.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a period, and the day whose knowledge is shown.

    `period` is None for the latest with results. `known` is None for now; a past day shows what was
    known when that day ended (UTC), under today's permissions.
    """

    period: date | None
    known: date | None
    today: date

    @property
    def known_until(self) -> datetime | None:
        """The first moment that is not shown any more; None for now."""
        if self.known is None:
            return None
        return datetime.combine(self.known + timedelta(days=1), time.min, tzinfo=UTC)

    @property
    def day(self) -> date:
        """The day from which lateness is judged."""
        return self.known or self.today


def read_asked(period: str, known: str, *, today: date) -> Asked:
    """Read `?period=2025-11&known=2025-12-01`; raises ValueError for anything else.

    A day to come is as good as now.
    """
    month = date.fromisoformat(f"{period}-01") if period else None
    day = date.fromisoformat(known) if known else None
    return Asked(month, None if day is None or day >= today else day, today)


def months_back(period: date, count: int) -> tuple[date, ...]:
    """Return `count` months ending with `period`, oldest first."""
    number = period.year * 12 + period.month - 1
    return tuple(
        date(month // 12, month % 12 + 1, 1) for month in range(number - count + 1, number + 1)
    )


def months_between(first: date, last: date) -> tuple[date, ...]:
    """Return the months from that of `first` to that of `last`."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return months_back(last, count)


def month_name(period: date) -> str:
    """Return the month for a sentence: "November 2025"."""
    return f"{MONTH_NAMES[period.month - 1]} {period.year}"


def month_key(period: date) -> str:
    """Return the month as addresses write it: "2025-11"."""
    return f"{period:%Y-%m}"
