"""The day by which a month is due: business days after its end, in the calendars of both parties.

Pure: dates in, dates out. A business day is Monday to Friday and no public holiday in the country
of the sponsor or of the CRO.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

import numpy as np

from kpis.due.public_holidays import Holiday, country_code, holidays_of

# Our default: the tenth business day after the month.
BUSINESS_DAY = 10


@dataclass(frozen=True)
class Terms:
    """By which business day an engagement reports, in which countries, from which day on.

    `countries` as the register has them, in words; `reports_from` None: no month is too early.
    """

    business_day: int = BUSINESS_DAY
    countries: tuple[str, ...] = ()
    reports_from: date | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The countries that have a calendar, as two-letter codes."""
        return _codes(self.countries)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The countries, as written, for which there is no calendar."""
        return tuple(name for name in self.countries if name.strip() and not country_code(name))

    def asks_for(self, period: date) -> bool:
        """Say whether the month is asked for; what comes earlier all the same is taken."""
        return self.reports_from is None or period >= self.reports_from.replace(day=1)


@dataclass(frozen=True)
class DueDay:
    """The due day, and the public holidays that made it later."""

    day: date
    moved_by: tuple[Holiday, ...] = ()

    @property
    def why(self) -> tuple[str, ...]:
        """A sentence for each public holiday that was not counted."""
        return tuple(f"{one.words}." for one in self.moved_by)


def due_date(period: date, terms: Terms | None = None) -> date:
    """Return the day by which the month's submission is due."""
    return due_day(period, terms).day


def due_day(period: date, terms: Terms | None = None) -> DueDay:
    """Return the day by which the month is due, and which holidays moved it."""
    terms = terms or Terms()
    return _due_day(period, terms.business_day, terms.codes)


def business_days_after(first: date, last: date, terms: Terms) -> int:
    """Count the business days after `first` up to and with `last`; negative where it is earlier."""
    if last < first:
        return -business_days_after(last, first, terms)
    return _count(first, last, terms.codes)


def last_day(period: date) -> date:
    """Return the last day of the month that begins on `period`."""
    following = (np.datetime64(period, "M") + 1).astype("datetime64[D]") - 1
    return following.astype(date)


def month_before(period: date) -> date:
    """Return the first day of the month before."""
    return (period - timedelta(days=1)).replace(day=1)


@cache
def _codes(countries: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({code for name in countries if (code := country_code(name))}))


@lru_cache(maxsize=10_000)
def _count(first: date, last: date, codes: tuple[str, ...]) -> int:
    years = range(first.year, last.year + 1)
    day = timedelta(days=1)
    return int(np.busday_count(first + day, last + day, holidays=_days_off(codes, years)))


@cache
def _due_day(period: date, count: int, codes: tuple[str, ...]) -> DueDay:
    end = last_day(period)
    years = (end.year, end.year + 1)
    found = np.busday_offset(end, count, roll="backward", holidays=_days_off(codes, years))
    day: date = found.astype(date)
    return DueDay(day, tuple(one for one in _holidays(codes, years) if end < one.day <= day))


@cache
def _days_off(codes: tuple[str, ...], years: Sequence[int]) -> list[date]:
    return [one.day for one in _holidays(codes, years)]


def _holidays(codes: tuple[str, ...], years: Sequence[int]) -> Iterator[Holiday]:
    """Yield the public holidays on working days, by day; one that both keep is named once."""
    found: dict[date, Holiday] = {}
    for code in codes:
        for year in years:
            for day, holiday in holidays_of(code, year).items():
                if day.weekday() < 5:
                    found.setdefault(day, holiday)
    yield from (found[day] for day in sorted(found))
