"""Which month a page is about, and the twelve that it shows, where nothing else says so."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.periods import Asked, months_back
from dashboards.selectors.periods_there import periods_with_results

MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Span:
    """The month asked for, the months shown up to it, and those that can be chosen."""

    asked: Asked
    period: date
    months: tuple[date, ...]
    periods: tuple[date, ...]

    @property
    def first(self) -> date:
        """The oldest month shown."""
        return self.months[0]


def span_of(user: Any, *, asked: Asked) -> Span:
    """Return the months of a page; one statement.

    Without a month asked for it is the latest with a result, else the last one that is over.
    """
    periods = periods_with_results(user, asked=asked)
    over = months_back(asked.day.replace(day=1), 2)[0]
    period = asked.period or (periods[0] if periods else over)
    return Span(asked, period, months_back(period, MONTHS_SHOWN), periods)
