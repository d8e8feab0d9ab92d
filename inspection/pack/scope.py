"""What a pack is about: for whose eyes, which study or CRO, which months, as known when."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from oversight.look.times import day_text, month_text
from studies.models import Study
from vendors.models import Sponsor, Vendor


@dataclass(frozen=True)
class Scope:
    """Content known before `until`: the end of the as-of day, or now while that day lasts."""

    user: Any
    sponsor: Sponsor
    study: Study | None
    vendor: Vendor | None
    period_from: date
    period_until: date
    as_of_date: date
    until: datetime

    def covers(self, period_start: date | None) -> bool:
        """Say whether the month lies in the scope."""
        return period_start is not None and self.period_from <= period_start <= self.period_until

    @property
    def months(self) -> str:
        """Say the months: "Jan 2026 to Oct 2026"."""
        first, last = month_text(self.period_from), month_text(self.period_until)
        return first if first == last else f"{first} to {last}"

    @property
    def as_of(self) -> str:
        """Say the as-of date."""
        return day_text(self.as_of_date)


def known_until(as_of_date: date, *, now: datetime) -> datetime:
    """Return the moment before which things count: the end of the day in UTC, or now before it."""
    return min(datetime.combine(as_of_date + timedelta(days=1), time(), UTC), now)
