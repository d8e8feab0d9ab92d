"""Participants by month up to the cut-off, from the screening log or the list of participants."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboards.periods import months_between
from dashboards.selectors.tables import Tables

LOG, PEOPLE = "enrolment", "participants"


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

    `days` and `places` are the day and site of each participant with a day. `undated` were enrolled
    on a day that the listing does not give, `in_screening` are undecided.
    """

    cutoff_date: date
    months: tuple[EnrolmentMonth, ...]
    days: tuple[date, ...]
    places: tuple[str, ...]
    undated: int
    in_screening: int

    @property
    def total(self) -> int:
        """Participants enrolled, with those of unknown day."""
        return len(self.days) + self.undated

    def day_of(self, count: int) -> date | None:
        """Return the day on which so many were enrolled; None where fewer have a day."""
        return sorted(self.days)[count - 1] if 0 < count <= len(self.days) else None


def enrolment_of(tables: Tables) -> Enrolment | None:
    """Return a study's enrolment, None where no listing tells it."""
    cutoff = tables.cutoff_date
    if LOG in tables.rows:
        rows = _until(tables.rows[LOG], "decided_on", cutoff)
        enrolled, failed = rows[rows["outcome"] == "enrolled"], rows["outcome"] == "screen-failure"
        waiting = int((rows["outcome"] == "in-screening").sum())
        return _enrolment(cutoff, enrolled, "decided_on", rows[failed]["decided_on"], waiting)
    if PEOPLE in tables.rows:
        rows = _until(tables.rows[PEOPLE], "enrolled_on", cutoff)
        if rows["enrolled_on"].notna().any():
            known = rows[rows["enrolled_on"].notna()]
            waiting = int((rows["subject_status"] == "screening").sum())
            return _enrolment(cutoff, known, "enrolled_on", known["enrolled_on"][:0], waiting)
    return None


def _until(rows: pd.DataFrame, column: str, cutoff: date) -> pd.DataFrame:
    end = pd.Timestamp(cutoff) + pd.Timedelta(days=1)
    return rows[rows[column].isna() | (rows[column] < end)]


def _enrolment(
    cutoff: date,
    enrolled: pd.DataFrame,
    column: str,
    failed: "pd.Series[pd.Timestamp]",
    waiting: int,
) -> Enrolment:
    dated = enrolled[enrolled[column].notna()].sort_values(column, kind="stable")
    days = tuple(one.date() for one in dated[column])
    lost = [one.date() for one in failed.dropna()]
    first = min([*days, *lost], default=None)
    return Enrolment(
        cutoff_date=cutoff,
        months=_months(months_between(first, cutoff) if first else (), days, lost),
        days=days,
        places=tuple(str(one) for one in dated["site"].fillna("")),
        undated=int(enrolled[column].isna().sum()),
        in_screening=waiting,
    )


def _months(
    months: Sequence[date], enrolled: Sequence[date], failed: Sequence[date]
) -> tuple[EnrolmentMonth, ...]:
    new, lost = (Counter(day.replace(day=1) for day in days) for days in (enrolled, failed))
    total, found = 0, []
    for month in months:
        total += new[month]
        found.append(EnrolmentMonth(month, new[month], total, lost[month]))
    return tuple(found)
