"""The course of each site: when it was to open, opened and closed, and whom it enrolled."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

import pandas as pd

from dashboards.enrolling.actual import Enrolment
from dashboards.selectors.tables import Tables

SITES, START_UP = "sites", "site-start-up"
MONTH = 365.25 / 12  # days; a stated rate is a month's


@dataclass(frozen=True)
class SiteCourse:
    """One site; None where nothing says so. `stated` is its promised rate a day."""

    name: str
    planned: date | None = None
    activated: date | None = None
    closed: date | None = None
    stated: float | None = None
    enrolled: tuple[date, ...] = ()

    @property
    def begun(self) -> date | None:
        """From when it could enrol: its activation, or its first participant if that was before."""
        return min((day for day in (self.activated, *self.enrolled[:1]) if day), default=None)


def site_courses(tables: Tables, enrolment: Enrolment | None) -> tuple[SiteCourse, ...]:
    """Return the sites by number, from the list of sites, start-up and who was enrolled."""
    facts: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in _records(tables, START_UP):
        rate = row.get("stated_rate")
        facts[row["site"]] |= {
            "planned": _day(row["planned_activation_on"]),
            "activated": _day(row["activated_on"]),
            "closed": _day(row["dropped_on"]),
            "stated": None if rate is None or pd.isna(rate) or rate <= 0 else rate / MONTH,
        }
    for row in _records(tables, SITES):
        known = facts[row["site"]]
        for column, name in (("activated_on", "activated"), ("closed_on", "closed")):
            known[name] = _day(row[column]) or known.get(name)
    for day, place in zip(
        *((enrolment.days, enrolment.places) if enrolment else ((), ())), strict=True
    ):
        facts[place]["enrolled"] = (*facts[place].get("enrolled", ()), day)
    return tuple(SiteCourse(name, **facts[name]) for name in sorted(facts))


def usual_delay(sites: tuple[SiteCourse, ...]) -> int:
    """Return the median of days by which activated sites came later than planned; 0 at least."""
    days = [(one.activated - one.planned).days for one in sites if one.activated and one.planned]
    return max(0, round(median(days))) if days else 0


def _records(tables: Tables, listing: str) -> list[dict[str, Any]]:
    rows = tables.rows.get(listing)
    if rows is None:
        return []
    return [dict(one) for one in rows[rows["site"].notna()].to_dict("records")]  # type: ignore[arg-type]  # names of columns


def _day(value: Any) -> date | None:
    return None if value is None or pd.isna(value) else value.date()
