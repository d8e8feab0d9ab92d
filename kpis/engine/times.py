"""Days and months as numbers, so that a formula can compare whole columns at once.

A day is the number of days since 1970-01-01 (UTC); NEVER lies after and ALWAYS before every day.
"""

from datetime import date

import numpy as np
import pandas as pd

from kpis.engine.shapes import Array

NEVER = np.iinfo(np.int64).max
ALWAYS = np.iinfo(np.int64).min


def day_number(day: date) -> int:
    """Return the number of a day."""
    return int(np.datetime64(day, "D").astype(np.int64))


def days_of(column: "pd.Series[pd.Timestamp]", *, missing: int) -> Array:
    """Return the day numbers of a column of times; `missing` where there is none."""
    days = column.to_numpy("datetime64[us]").astype("datetime64[D]")
    return np.where(np.isnat(days), missing, days.astype(np.int64))


def standing(
    opened: "pd.Series[pd.Timestamp]", closed: "pd.Series[pd.Timestamp]", state: "pd.Series[str]"
) -> tuple[Array, Array]:
    """Return opening and leaving day of each case; valid for every cut-off.

    A case stands at the end of day c when opened ≤ c < left. Never opened and never left are
    NEVER; reported closed without a day is ALWAYS.
    """
    left = days_of(closed, missing=NEVER)
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
