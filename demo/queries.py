"""Made-up data queries of one study: raised day by day, answered, closed, for two years.

One simulation per study from a fixed seed; a month's listing is what is open at its end, as an EDC
system exports it, so that consecutive months agree with each other query by query.
"""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from demo.calendar import month_end
from demo.story import Cro, StudyPlan

FORMS = (
    ("Adverse events", "AESTDAT"), ("Concomitant medication", "CMTRT"), ("Vital signs", "VSORRES"),
    ("Laboratory, local", "LBDAT"), ("Dosing", "ECENDAT"), ("Visit date", "SVSTDT"),
    ("Medical history", "MHSTDAT"), ("Spirometry", "REORRES"),
)  # fmt: skip
FOLDERS = ("Screening", "Week 1", "Week 4", "Week 8", "Week 12", "Week 24", "Unscheduled")
GROUPS = ("Site from System", "Site from Data Manager", "Site from Clinical Review")
SEED = 20260101


def open_at(cutoff: date, plan: StudyPlan, cro: Cro, *, today: date) -> pd.DataFrame:
    """Return the listing at `cutoff`: one row per query that is open or answered that day."""
    made = _simulate(plan, cro, today)
    end = np.datetime64(cutoff + timedelta(days=1))
    stock = made[(made["opened"] < end) & (made["closed"] >= end)].copy()
    answered = stock["answered"] < end
    stock["state"] = np.where(answered, "Answered", "Open")
    stock["answered"] = stock["answered"].where(answered)
    days = pd.Timestamp(cutoff) - stock["opened"].dt.normalize()
    stock["days_open"] = days.dt.days
    since = pd.Timestamp(cutoff) - stock["answered"].dt.normalize()
    stock["days_answered"] = since.dt.days
    return stock.sort_values(["site", "participant", "opened"], ignore_index=True)


def site_numbers(plan: StudyPlan) -> list[tuple[str, str]]:
    """Return number and country of each site of a study."""
    return [
        (str(1001 + place), plan.countries[place % len(plan.countries)])
        for place in range(plan.sites)
    ]


def _simulate(plan: StudyPlan, cro: Cro, today: date) -> pd.DataFrame:
    rng = np.random.default_rng([SEED, sum(map(ord, plan.protocol_number))])
    first = month_end(today, months_ago=plan.months + 1) + timedelta(days=1)
    days = (today - first).days
    # A study raises few queries at first and its full number after half a year.
    ramp = np.minimum(1.0, (np.arange(days) + 20) / 180)
    raised = rng.poisson(plan.queries_a_day * ramp)
    day = np.repeat(np.arange(days), raised)
    size = len(day)
    opened = np.datetime64(first) + day + _working_hours(rng, size)
    mean = _mean_days(first, day, cro, today) * rng.normal(1.0, 0.03, size)
    to_close = rng.exponential(np.maximum(mean, 0.3))
    to_answer = to_close * rng.uniform(0.3, 1.0, size)
    site = rng.choice(plan.sites, size=size, p=_site_shares(rng, plan.sites))
    form = rng.integers(len(FORMS), size=size)
    numbers, countries = zip(*site_numbers(plan), strict=True)
    return pd.DataFrame(
        {
            "site": np.array(numbers)[site],
            "country": np.array(countries)[site],
            "participant": [
                f"{numbers[s]}-{n:03d}"
                for s, n in zip(site, rng.integers(1, 25, size), strict=True)
            ],
            "folder": np.array(FOLDERS)[rng.integers(len(FOLDERS), size=size)],
            "form": np.array([name for name, _ in FORMS])[form],
            "field": np.array([oid for _, oid in FORMS])[form],
            "log_line": rng.integers(0, 12, size),
            "group": np.array(GROUPS)[rng.integers(len(GROUPS), size=size)],
            "opened": opened,
            "answered": opened + (to_answer * 86_400e6).astype("timedelta64[us]"),
            "closed": opened + (to_close * 86_400e6).astype("timedelta64[us]"),
        }
    )


def _mean_days(first: date, day: np.ndarray, cro: Cro, today: date) -> np.ndarray:
    """Return the mean days to close for queries raised on each day: usual, season, and slide."""
    usual = cro.days_to_close * (1 + 0.06 * np.sin(day / 58.0))
    for place, extra in enumerate(cro.slide):
        begin = month_end(today, months_ago=len(cro.slide) - place + 1)
        after = day > (begin - first).days
        usual = np.where(after, cro.days_to_close + extra, usual)
    return usual


def _working_hours(rng: np.random.Generator, size: int) -> np.ndarray:
    return (rng.uniform(6, 19, size) * 3_600e6).astype("timedelta64[us]")


def _site_shares(rng: np.random.Generator, sites: int) -> np.ndarray:
    share = rng.gamma(1.6, size=sites)
    return share / share.sum()
