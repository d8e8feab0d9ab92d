"""Made-up data queries of one study: raised day by day on its participants, answered, closed.

One simulation per study from a fixed seed; a month's listing is what is open at its end, as an EDC
system exports it, so that consecutive months agree with each other query by query.
"""

from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd

from demo.calendar import by_month, first_day, month_end
from demo.participants import participants, seeded
from demo.plans import Cro, StudyPlan

FORMS = (
    ("Adverse events", "AESTDAT"), ("Concomitant medication", "CMTRT"), ("Vital signs", "VSORRES"),
    ("Laboratory, local", "LBDAT"), ("Dosing", "ECENDAT"), ("Visit date", "SVSTDT"),
    ("Medical history", "MHSTDAT"), ("Spirometry", "REORRES"),
)  # fmt: skip
FOLDERS = ("Screening", "Week 1", "Week 4", "Week 8", "Week 12", "Week 24", "Unscheduled")
GROUPS = ("Site from System", "Site from Data Manager", "Site from Clinical Review")
OLD = 14  # days, as the KPI on query aging counts them


def open_at(cutoff: date, plan: StudyPlan, cro: Cro, *, today: date) -> pd.DataFrame:
    """Return the listing at `cutoff`: one row per query that is open or answered that day."""
    made = _simulated(plan, cro, today)
    end = np.datetime64(cutoff + timedelta(days=1))
    stock = made[(made["opened"] < end) & (made["closed"] >= end)].copy()
    answered = stock["answered"] < end
    stock["state"] = np.where(answered, "Answered", "Open")
    stock["answered"] = stock["answered"].where(answered)
    days = pd.Timestamp(cutoff) - stock["opened"].dt.normalize()
    stock["days_open"] = days.dt.days
    since = pd.Timestamp(cutoff) - stock["answered"].dt.normalize()
    stock["days_answered"] = since.dt.days.astype("Int64")  # blank while unanswered
    return stock.sort_values(["site", "participant", "opened"], ignore_index=True)


@cache
def _simulated(plan: StudyPlan, cro: Cro, today: date) -> pd.DataFrame:
    rng = seeded(plan, 5)
    first = first_day(today, months_ago=plan.months)
    days = (month_end(today, months_ago=0) - first).days
    # More participants raise more queries, the first ones more each: made up.
    whole = np.datetime64(first) + np.arange(days)
    known = np.searchsorted(_screening_days(plan, today), whole, "right")
    ramp = np.sqrt(known / max(known[-1], 1))
    day = np.repeat(np.arange(days), rng.poisson(plan.queries_a_day * ramp))
    size = len(day)
    opened = pd.Series(np.datetime64(first) + day + _working_hours(rng, size))
    usual = cro.days_to_close * (1 + 0.06 * np.sin(day / 58.0))
    lately = tuple(cro.days_to_close + extra for extra in cro.slide)
    slid = by_month(opened, 0.0, lately, today=today)
    mean = np.where(slid > 0, slid, usual) * rng.normal(1.0, 0.03, size)
    to_close = rng.exponential(np.maximum(mean, 0.3))
    to_answer = to_close * rng.uniform(0.3, 1.0, size)
    form = rng.integers(len(FORMS), size=size)
    made = pd.DataFrame(
        {
            **_whose(rng, plan, opened, today),
            "folder": np.array(FOLDERS)[rng.integers(len(FOLDERS), size=size)],
            "form": np.array([name for name, _ in FORMS])[form],
            "field": np.array([oid for _, oid in FORMS])[form],
            "log_line": rng.integers(0, 12, size),
            "group": np.array(GROUPS)[rng.integers(len(GROUPS), size=size)],
            "opened": opened,
            "answered": opened + pd.to_timedelta(to_answer, unit="D"),
            "closed": opened + pd.to_timedelta(to_close, unit="D"),
        }
    )
    return made if cro.tidied_to is None else _tidied(made, plan, cro.tidied_to, today)


def _tidied(made: pd.DataFrame, plan: StudyPlan, share: float, today: date) -> pd.DataFrame:
    """Close old queries in the last hours of each month, until no more than `share` are old."""
    closed, answered = made["closed"].copy(), made["answered"].copy()
    for months_ago in range(plan.months, -1, -1):
        end = pd.Timestamp(month_end(today, months_ago=months_ago))
        standing = (made["opened"] < end + pd.Timedelta(days=1)) & (
            closed >= end + pd.Timedelta(days=1)
        )
        old = standing & (made["opened"].dt.normalize() < end - pd.Timedelta(days=OLD))
        young = int(standing.sum() - old.sum())
        keep = int(share * young / (1 - share))
        oldest = made.loc[old, "opened"].sort_values().index[: max(int(old.sum()) - keep, 0)]
        closed[oldest] = end + pd.Timedelta(hours=18)
        answered[oldest] = answered[oldest].clip(upper=end + pd.Timedelta(hours=17))
    return made.assign(closed=closed, answered=answered)


def _whose(
    rng: np.random.Generator, plan: StudyPlan, opened: pd.Series, today: date
) -> dict[str, np.ndarray]:
    """Return site, country and participant of each query: somebody screened by then."""
    people = participants(plan, today)
    known = np.searchsorted(_screening_days(plan, today), opened.dt.normalize().to_numpy(), "right")
    who = (rng.uniform(0, 1, len(opened)) * np.maximum(known, 1)).astype(int)
    names = ("study", "country", "site", "participant")
    return {name: people[name].to_numpy()[who] for name in names}


def _screening_days(plan: StudyPlan, today: date) -> np.ndarray:
    return participants(plan, today)["screened_on"].to_numpy()


def _working_hours(rng: np.random.Generator, size: int) -> np.ndarray:
    return (rng.uniform(6, 19, size) * 3_600e6).astype("timedelta64[us]")
