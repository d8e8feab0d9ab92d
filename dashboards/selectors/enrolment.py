"""How a study enrolled: participants by month up to the cut-off, from the listing sent."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboards.periods import months_between
from dashboards.selectors.sources import Part
from dashboards.selectors.tables import tables_of

LISTING = "enrolment"


@dataclass(frozen=True)
class EnrolmentMonth:
    """One month: how many were enrolled in it and up to its end, screen failures likewise."""

    month: date
    enrolled: int
    total: int
    failed: int


@dataclass(frozen=True)
class Enrolment:
    """The months from the first one enrolled or failed to the cut-off.

    `undated` were enrolled on a day that the listing does not give, `in_screening` are undecided.
    `planned` is the number agreed by month: no listing carries one yet, so it is empty.
    """

    cutoff_date: date
    months: tuple[EnrolmentMonth, ...]
    undated: int
    in_screening: int
    planned: tuple[tuple[date, int], ...] = ()

    @property
    def total(self) -> int:
        """Participants enrolled, with those of unknown day."""
        return (self.months[-1].total if self.months else 0) + self.undated


def enrolment_of(parts: Sequence[Part]) -> Enrolment | None:
    """Return a study's enrolment, None where no such listing came."""
    if not any(LISTING in part.tables for part in parts):
        return None
    found = tables_of(parts, [LISTING], of_study=True)
    if LISTING not in found.rows:
        return None
    rows, cutoff = found.rows[LISTING], found.cutoff_date
    decided = rows["decided_on"]
    by_then = rows[decided.isna() | (decided < pd.Timestamp(cutoff) + pd.Timedelta(days=1))]
    enrolled = by_then[by_then["outcome"] == "enrolled"]["decided_on"]
    failed = by_then[by_then["outcome"] == "screen-failure"]["decided_on"]
    days = pd.concat([enrolled, failed]).dropna()
    months = months_between(days.min().date(), cutoff) if len(days) else ()
    return Enrolment(
        cutoff_date=cutoff,
        months=_months(months, _by_month(enrolled), _by_month(failed)),
        undated=int(enrolled.isna().sum()),
        in_screening=int((by_then["outcome"] == "in-screening").sum()),
    )


def _by_month(days: "pd.Series[pd.Timestamp]") -> dict[date, int]:
    months = [day.date().replace(day=1) for day in days.dropna()]
    return dict(Counter(months))


def _months(
    months: Sequence[date], enrolled: dict[date, int], failed: dict[date, int]
) -> tuple[EnrolmentMonth, ...]:
    total = 0
    found = []
    for month in months:
        total += enrolled.get(month, 0)
        found.append(EnrolmentMonth(month, enrolled.get(month, 0), total, failed.get(month, 0)))
    return tuple(found)
