"""For whom and as of which day a table of our own is filled."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kpis.engine.times import months_before

MONTHS_BACK = 13  # twelve months trailing, and the one before the first of them


@dataclass(frozen=True)
class OwnScope:
    """An engagement, or its share of one study, at the end of a day."""

    engagement_id: int
    study_id: int | None
    cutoff_date: date

    @property
    def until(self) -> datetime:
        """The moment at which the day ends."""
        return datetime.combine(self.cutoff_date + timedelta(days=1), time.min, UTC)

    @property
    def first(self) -> date:
        """The first month that a table goes back to."""
        return months_before(self.last, MONTHS_BACK)

    @property
    def last(self) -> date:
        """The month of the day."""
        return self.cutoff_date.replace(day=1)
