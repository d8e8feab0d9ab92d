"""The versions of a plan of enrolment, the first approved first; all of them are kept."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd

from dashboards.selectors.tables import Tables

LISTING = "enrolment-plan"


@dataclass(frozen=True)
class PlanPoint:
    """Up to the end of `day`: participants, and active sites where the plan names them."""

    day: date
    participants: int
    sites: int | None


@dataclass(frozen=True)
class PlanVersion:
    """One version; its last point is the target. There is at least one point."""

    name: str
    approved_on: date | None
    points: tuple[PlanPoint, ...]

    @property
    def target(self) -> int:
        """How many participants the plan wants."""
        return self.points[-1].participants

    @property
    def ends(self) -> date | None:
        """The day on which the plan reaches its target."""
        return self.day_of(self.target)

    def day_of(self, count: int) -> date | None:
        """Return the day on which so many are planned, even between two points; None beyond."""
        before = PlanPoint(self.points[0].day, 0, None)
        for was, now in pairwise((before, *self.points)):
            if now.participants >= count > was.participants:
                part = (count - was.participants) / (now.participants - was.participants)
                return was.day + timedelta(days=round(part * (now.day - was.day).days))
        return None

    def planned_by(self, day: date) -> int:
        """Return how many are planned up to the end of a day, even between two points."""
        if day <= self.points[0].day:
            return self.points[0].participants if day == self.points[0].day else 0
        for was, now in pairwise(self.points):
            if was.day <= day < now.day:
                part = (day - was.day).days / (now.day - was.day).days
                return round(was.participants + part * (now.participants - was.participants))
        return self.target


def plans_of(tables: Tables) -> tuple[PlanVersion, ...]:
    """Return the versions; none where no plan came."""
    if LISTING not in tables.rows:
        return ()
    rows = tables.rows[LISTING].assign(
        plan_version=lambda one: one["plan_version"].fillna("").str.strip()
    )
    found = [
        PlanVersion(
            name=str(name) or "Plan",
            approved_on=None
            if part["approved_on"].isna().all()
            else _day(part["approved_on"].min()),
            points=tuple(
                PlanPoint(_day(day), int(people), None if pd.isna(sites) else int(sites))
                for day, people, sites in zip(
                    part["planned_until"],
                    part["planned_participants"],
                    part["planned_sites"],
                    strict=True,
                )
            ),
        )
        for name, part in rows.sort_values("planned_until", kind="stable").groupby(
            "plan_version", sort=False
        )
    ]
    return tuple(sorted(found, key=lambda one: (one.approved_on or date.min, one.points[0].day)))


def _day(moment: pd.Timestamp) -> date:
    return moment.date()
