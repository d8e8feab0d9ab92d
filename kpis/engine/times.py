"""Days and months as numbers, so that a formula can compare whole columns at once.

A day is the number of days since 1970-01-01 (UTC); NEVER lies after and ALWAYS before every day.
"""

from calendar import monthrange
from datetime import date

import numpy as np
import pandas as pd

from kpis.engine.conditions import MONTHS_BEFORE, Span
from kpis.engine.shapes import Array, Window

NEVER = np.iinfo(np.int64).max
ALWAYS = np.iinfo(np.int64).min
HOUR = 3_600_000_000  # microseconds
DAY = 24 * HOUR


def day_number(day: date) -> int:
    """Return the number of a day."""
    return int(np.datetime64(day, "D").astype(np.int64))


def days_of(column: "pd.Series[pd.Timestamp]", *, missing: int) -> Array:
    """Return the day numbers of a column of times; `missing` where there is none."""
    moments = column.to_numpy("datetime64[us]")
    return np.where(np.isnat(moments), missing, moments.view(np.int64) // DAY)


def moments_of(column: "pd.Series[pd.Timestamp]", *, missing: int) -> Array:
    """Return microseconds since 1970-01-01 (UTC); `missing` where there is no time."""
    moments = column.to_numpy("datetime64[us]")
    return np.where(np.isnat(moments), missing, moments.astype(np.int64))


def last_moment(day: date) -> int:
    """Return the last microsecond of a day."""
    return (day_number(day) + 1) * DAY - 1


def months_before(day: date, months: int) -> date:
    """Return the same day so many months before, or that month's last day where it is shorter."""
    position = day.year * 12 + day.month - 1 - months
    year, month = divmod(position, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def span_start(span: Span, window: Window) -> int:
    """Return the number of the first day of a span that has one."""
    if span is Span.PERIOD:
        return day_number(window.period_start)
    return day_number(months_before(window.period_start.replace(day=1), MONTHS_BEFORE[span]))


def standing(
    opened: "pd.Series[pd.Timestamp]",
    closed: "pd.Series[pd.Timestamp]",
    state: "pd.Series[str] | None" = None,
) -> tuple[Array, Array]:
    """Return opening and leaving day of each case; valid for every cut-off.

    A case stands at the end of day c when opened ≤ c < left. Never opened and never left are
    NEVER; reported closed without a day is ALWAYS. Without `state`, only the days tell.
    """
    left = days_of(closed, missing=NEVER)
    if state is None:
        return days_of(opened, missing=NEVER), left
    undated = (left == NEVER) & (state == "closed").to_numpy(bool)
    return days_of(opened, missing=NEVER), np.where(undated, ALWAYS, left)


def month_position(day: Array) -> Array:
    """Return the place of the beginning of each day on a scale on which every month is 1 long.

    The difference of two places is a number of months in which each day counts one part of its
    own month: 1 to 16 November is half a month, all of February is 1.
    """
    moment = day.astype("datetime64[D]")
    month = moment.astype("datetime64[M]")
    begins = month.astype("datetime64[D]")
    length = (month + 1).astype("datetime64[D]") - begins
    return np.asarray(month.astype(np.int64) + (moment - begins) / length)
