"""Months counted back from a day that is passed in."""

import calendar
from datetime import date, timedelta

import numpy as np
import pandas as pd


def month_end(day: date, *, months_ago: int) -> date:
    """Return the last day of the month that lies `months_ago` whole months before that of `day`.

    0 is the month of `day` itself, which has not ended; the newest complete month is 1.
    """
    number = day.year * 12 + day.month - 1 - months_ago
    year, month = divmod(number, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def first_day(day: date, *, months_ago: int) -> date:
    """Return the first day of the month `months_ago` whole months before that of `day`."""
    return month_end(day, months_ago=months_ago).replace(day=1)


def by_month(
    days: pd.Series, usual: float, lately: tuple[float, ...], *, today: date
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return per day `usual`, or what `lately` gives for the newest complete months, oldest first.

    The month of `today` goes on as the newest complete one.
    """
    found = np.full(len(days), usual)
    for place, value in enumerate(lately):
        begin = month_end(today, months_ago=len(lately) - place + 1) + timedelta(days=1)
        found[(days >= pd.Timestamp(begin)).to_numpy(bool)] = value
    return found
