"""Made-up sites and participants of a study: activated, screened, enrolled or not, gone again.

One simulation per study from a fixed seed, from before its first month to the end of the current
one; a month's listing is what was so at its end. Identifiers are numbers, nothing about a person.
"""

from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from demo.calendar import first_day, month_end
from demo.plans import StudyPlan

SEED = 20260101
LEAD = 75  # days before its first month in which a study opened its first sites
MONTH = 30.4
LEAVES_A_YEAR = 0.12  # within the 15 % that an industry library takes for good
REASONS = ("Eligibility criteria not met", "Consent withdrawn", "Laboratory value out of range")


def seeded(plan: StudyPlan, place: int) -> np.random.Generator:
    """Return the random numbers of one part of a study's simulation."""
    return np.random.default_rng([SEED, int(plan.protocol_number[-3:]), place])


def site_numbers(plan: StudyPlan) -> list[tuple[str, str]]:
    """Return number and country of each site of a study."""
    return [
        (f"{plan.protocol_number[-3:]}{place + 1:02d}", plan.countries[place % len(plan.countries)])
        for place in range(plan.sites)
    ]


@cache
def sites(plan: StudyPlan, today: date) -> pd.DataFrame:
    """Return one row per site: site, country, activated_on and how busy it is (mean 1)."""
    rng = seeded(plan, 1)
    first, last = _span(plan, today)
    begin = np.sort(rng.uniform(0, min(240, (last - first).days * 0.5), plan.sites)).astype(int)
    begin[: max(2, plan.sites // 6)] = rng.integers(0, 20, max(2, plan.sites // 6))
    numbers, countries = zip(*site_numbers(plan), strict=True)
    return pd.DataFrame(
        {
            "study": plan.protocol_number,
            "country": countries,
            "site": numbers,
            "activated_on": pd.Timestamp(first) + pd.to_timedelta(begin, unit="D"),
            "busy": rng.gamma(3.0, 1 / 3.0, plan.sites),
        }
    )


@cache
def participants(plan: StudyPlan, today: date) -> pd.DataFrame:
    """Return one row per participant: site, screened_on, decided_on, fails, leaves_on, ends_on."""
    rng = seeded(plan, 2)
    first, last = _span(plan, today)
    places = sites(plan, today)
    stop = int((last - first).days * plan.recruits_for)
    active = ((stop - (places["activated_on"] - pd.Timestamp(first)).dt.days) / MONTH).clip(lower=0)
    screened = plan.enrolled_a_month / (1 - plan.failures)
    counts = rng.poisson(screened * places["busy"] * active)
    place = np.repeat(np.arange(plan.sites), counts)
    size = len(place)
    days = (rng.uniform(0, 1, size) * active.to_numpy()[place] * MONTH).astype(int)
    screened_on = places["activated_on"].to_numpy()[place] + days.astype("timedelta64[D]")
    decided_on = screened_on + rng.integers(7, 29, size).astype("timedelta64[D]")
    leaves = np.minimum(rng.exponential(365 / LEAVES_A_YEAR, size), 9999).astype(int)
    fails = rng.uniform(0, 1, size) < plan.failures
    people = pd.DataFrame(
        {
            "study": plan.protocol_number,
            "country": places["country"].to_numpy()[place],
            "site": places["site"].to_numpy()[place],
            "screened_on": screened_on,
            "decided_on": decided_on,
            "fails": fails,
            "leaves_on": decided_on + leaves.astype("timedelta64[D]"),
            "ends_on": decided_on + np.timedelta64(plan.visit_days[-1], "D"),
            "failure_reason": pd.Series(rng.choice(REASONS, size, p=(0.7, 0.15, 0.15))).where(
                fails
            ),
        }
    ).sort_values(["screened_on", "site"], ignore_index=True, kind="stable")
    number = people.groupby("site").cumcount() + 1
    people.insert(3, "participant", people["site"] + "-" + number.astype(str).str.zfill(3))
    return people


def sites_at(cutoff: date, plan: StudyPlan, *, today: date) -> pd.DataFrame:
    """Return all sites of the study as the register has them at `cutoff`."""
    found = sites(plan, today).drop(columns="busy")
    active = found["activated_on"] <= pd.Timestamp(cutoff)
    found["site_status"] = np.where(active, "Active", "In start-up")
    found["activated_on"] = found["activated_on"].where(active)
    return found


def participants_at(cutoff: date, plan: StudyPlan, *, today: date) -> pd.DataFrame:
    """Return who was screened by `cutoff`, with status, enrolment date and days on study."""
    day = pd.Timestamp(cutoff)
    found = _screened(cutoff, plan, today)
    enrolled = (found["decided_on"] <= day) & ~found["fails"]
    gone = found[["leaves_on", "ends_on"]].min(axis=1)
    found["subject_status"] = np.select(
        [
            found["decided_on"] > day,
            found["fails"],
            gone > day,
            found["leaves_on"] < found["ends_on"],
        ],
        ["Screening", "Screen Failure", "On Trial", "Discontinued"],
        "Completed",
    )
    found["enrolled_on"] = found["decided_on"].where(enrolled)
    found["days_on_study"] = (gone.where(gone < day, day) - found["enrolled_on"]).dt.days
    return found


def enrolment_at(cutoff: date, plan: StudyPlan, *, today: date) -> pd.DataFrame:
    """Return the screening log at `cutoff`: what came of everybody screened, and on which day."""
    found = _screened(cutoff, plan, today)
    decided = found["decided_on"] <= pd.Timestamp(cutoff)
    found["outcome"] = np.select(
        [~decided, found["fails"]], ["In screening", "Screen failure"], "Enrolled"
    )
    found["decided_on"] = found["decided_on"].where(decided)
    found["failure_reason"] = found["failure_reason"].where(decided)
    return found


def _screened(cutoff: date, plan: StudyPlan, today: date) -> pd.DataFrame:
    people = participants(plan, today)
    found = people[people["screened_on"] <= pd.Timestamp(cutoff)].copy()
    return found.sort_values(["site", "participant"], ignore_index=True)


def _span(plan: StudyPlan, today: date) -> tuple[date, date]:
    """Return the simulation's first and last day; the last is the same on each day of a month."""
    begin = pd.Timestamp(first_day(today, months_ago=plan.months)) - pd.Timedelta(days=LEAD)
    return begin.date(), month_end(today, months_ago=0)
