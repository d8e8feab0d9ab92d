"""When a case is due, so long after it started: calendar days, business days or hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from kpis.engine.shapes import Array
from kpis.engine.times import DAY, HOUR, NEVER, moments_of


class Clock(StrEnum):
    """The unit of an allowance."""

    CALENDAR_DAYS = "calendar-days"  # to the end of the last day
    BUSINESS_DAYS = "business-days"  # Monday to Friday; to the end of the last day
    HOURS = "hours"  # to the minute


@dataclass(frozen=True)
class Allowed:
    """How long after `since` a case may take: `number` of `unit`.

    With `by`, a column whose words have allowances of their own in `numbers` (a critical issue has
    5 days, a minor one 60); other words are allowed `number`, and nothing without it.
    """

    since: str
    unit: Clock
    number: int | None = None
    by: str | None = None
    numbers: Mapping[str, int] | None = None

    def __post_init__(self) -> None:
        """Refuse an allowance without a number, and numbers without their column."""
        if self.number is None and not self.numbers:
            raise ValueError("allowed needs a number")
        if (self.by is None) is not (self.numbers is None):
            raise ValueError("allowed: by and numbers belong together")

    @property
    def columns(self) -> dict[str, str]:
        """The columns that are read, with their dtype."""
        return {self.since: "datetime64[us]"} | ({self.by: "str"} if self.by else {})


def due_moments(table: pd.DataFrame, allowed: Allowed) -> Array:
    """Return the last microsecond in time of each row; NEVER where nothing tells it."""
    since = moments_of(table[allowed.since], missing=NEVER)
    number = np.full(len(table), np.nan if allowed.number is None else float(allowed.number))
    if allowed.by:
        own = table[allowed.by].map(dict(allowed.numbers or {}))
        number = np.where(own.isna(), number, own.to_numpy("float64", na_value=np.nan))
    told = (since != NEVER) & ~np.isnan(number)
    start, length = since[told], number[told].astype(np.int64)
    due = np.full(len(table), NEVER)
    if allowed.unit is Clock.HOURS:
        due[told] = start + length * HOUR
    elif allowed.unit is Clock.CALENDAR_DAYS:
        due[told] = (start // DAY + length + 1) * DAY - 1
    else:
        due[told] = (_business_days_after(start // DAY, length) + 1) * DAY - 1
    return due


def _business_days_after(day: Array, number: Array) -> Array:
    """Return the day `number` business days after `day`; from a weekend the count begins Monday."""
    friday_or_before = np.busday_offset(day.astype("datetime64[D]"), 0, roll="backward")
    return np.busday_offset(friday_or_before, number).astype(np.int64)
