"""The month-ends that are asked for: the last is the cut-off of the listing."""

from calendar import monthrange
from datetime import date

FIRST, COUNT = (2024, 11), 24


def month_end(number: int) -> date:
    """Return the last day of the month so many after the first."""
    year, month = divmod(FIRST[0] * 12 + FIRST[1] - 1 + number, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


MONTHS = tuple(map(month_end, range(COUNT)))
