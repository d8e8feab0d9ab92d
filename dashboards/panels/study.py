"""What the panels of a study's progress are made from: read once, worked out once. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import pandas as pd

from dashboards.enrolling.actual import Enrolment, enrolment_of
from dashboards.enrolling.ahead import Forecast, forecast_of
from dashboards.enrolling.plan import PlanVersion, plans_of
from dashboards.enrolling.sites import SiteCourse, site_courses
from dashboards.periods import months_back
from dashboards.selectors.progress import Progress
from dashboards.selectors.tables import Tables
from oversight.look.times import day_text


@dataclass(frozen=True)
class StudyView:
    """The study's progress with the listings that came for the month."""

    progress: Progress
    tables: Tables

    @cached_property
    def enrolment(self) -> Enrolment | None:
        """Who was enrolled; None where no listing tells it."""
        return enrolment_of(self.tables)

    @cached_property
    def plans(self) -> tuple[PlanVersion, ...]:
        """The versions of the plan, the first approved first."""
        return plans_of(self.tables)

    @cached_property
    def sites(self) -> tuple[SiteCourse, ...]:
        """The sites by number."""
        return site_courses(self.tables, self.enrolment)

    @cached_property
    def forecast(self) -> Forecast | None:
        """What is to come; None without a listing of enrolment."""
        if self.enrolment is None:
            return None
        return forecast_of(self.enrolment, self.sites, self.plans, ended=self._ended())

    def _ended(self) -> str:
        dates = self.tables.rows.get("study-key-dates")
        last = None if dates is None else dates["enrolment_ended_on"].max()
        if last is not None and not pd.isna(last) and last.date() <= self.tables.cutoff_date:
            return f"Enrolment ended on {day_text(last.date())}."
        return "" if self.progress.enrolling else "The register says that enrolment is closed."


def month_end(month: date, cutoff: date) -> date:
    """Return the last day of a month, or the cut-off where that comes first."""
    following = months_back(month, 1)[0].replace(day=28) + timedelta(days=4)
    return min(following - timedelta(days=following.day), cutoff)


def version_name(view_plans: tuple[PlanVersion, ...], one: PlanVersion) -> str:
    """Name a version beside its curve: the plan alone, or which of several."""
    return "plan" if len(view_plans) == 1 else one.name
