"""Months counted back from a day that is passed in."""

import calendar
from datetime import date


def month_end(day: date, *, months_ago: int) -> date:
    """Return the last day of the month that lies `months_ago` whole months before that of `day`.

    0 is the month of `day` itself, which has not ended; the newest complete month is 1.
    """
    number = day.year * 12 + day.month - 1 - months_ago
    year, month = divmod(number, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])
