"""Milestones of a study: first plan, newest plan, and when it was reached, with the slip. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboards.selectors.tables import Tables
from kpis.engine.tables import LISTINGS

LISTING, KEY_DATES = "study-milestones", "study-key-dates"
PLANNED_END = ("enrolment_end_planned_on", "enrolment_end_forecast_on", "enrolment_ended_on")


@dataclass(frozen=True)
class Milestone:
    """One milestone, of a country or (empty) of the study; None where a day is not known."""

    name: str
    country: str
    baseline: date | None
    planned: date | None
    reached: date | None
    version: str = ""
    reason: str = ""

    @property
    def counts(self) -> date | None:
        """When it was reached, or else is expected."""
        return self.reached or self.planned

    @property
    def slip(self) -> int | None:
        """Days by which it came, or is expected, after the first plan; negative is early."""
        if self.baseline is None or self.counts is None:
            return None
        return (self.counts - self.baseline).days

    def overdue(self, cutoff: date) -> bool:
        """True where its newest plan has passed and it is not reached."""
        return self.reached is None and self.planned is not None and self.planned < cutoff


def milestones_of(tables: Tables) -> tuple[Milestone, ...]:
    """Return the milestones by day: the study's own before those of countries.

    Without a listing of them, what the key dates of the study tell.
    """
    if LISTING in tables.rows:
        found = [
            Milestone(
                name=str(row["milestone"]),
                country=_text(row["country"]),
                baseline=_day(row["baseline_on"]),
                planned=_day(row["planned_on"]),
                reached=_day(row["reached_on"]),
                version=_text(row["baseline_version"]),
                reason=_text(row["slip_reason"]),
            )
            for row in tables.rows[LISTING].to_dict("records")
        ]
    else:
        found = list(_key_dates(tables))
    return tuple(sorted(found, key=lambda one: (bool(one.country), _first(one), one.name)))


def _key_dates(tables: Tables) -> Iterator[Milestone]:
    rows = tables.rows.get(KEY_DATES)
    for row in rows.to_dict("records") if rows is not None else []:
        planned, forecast, ended = (_day(row[name]) for name in PLANNED_END)
        if planned or forecast or ended:
            yield Milestone("Enrolment ended", "", planned, forecast, ended)
        for column in LISTINGS[KEY_DATES].columns:
            if column.kind == "date" and column.name not in PLANNED_END:
                day = _day(row[column.name])
                if day:
                    yield Milestone(column.title, "", None, None, day)


def _first(one: Milestone) -> date:
    return min(day for day in (one.baseline, one.planned, one.reached, date.max) if day)


def _day(value: Any) -> date | None:
    return None if value is None or pd.isna(value) else value.date()


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)
