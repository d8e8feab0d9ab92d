"""Made-up visits of a study's participants, and the protocol deviations found at them."""

from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from demo.calendar import by_month
from demo.participants import participants, seeded
from demo.plans import StudyPlan
from demo.story import cro_named

# What goes wrong, and how often, is made up; late visits lead most published lists.
CATEGORIES = ("Visit out of window", "Procedure not done", "Study medication", "Consent process",
              "Eligibility")  # fmt: skip
CATEGORY_SHARES = (0.42, 0.30, 0.18, 0.06, 0.04)
REJECTED = 0.05  # made up
GRAVER = 2.2  # in a slide deviations are up to so many times as often important; made up
SCREENING = "Screening"


@cache
def visits(plan: StudyPlan, today: date) -> pd.DataFrame:
    """Return one row per visit that takes place: study, country, site, participant, visit, date."""
    rng = seeded(plan, 3)
    people = participants(plan, today)
    who = ["study", "country", "site", "participant"]
    screening = people[who].assign(visit=SCREENING, visit_date=people["screened_on"])
    enrolled = people[~people["fails"]]
    count = len(plan.visit_days)
    later = enrolled.loc[enrolled.index.repeat(count)].reset_index(drop=True)
    days = np.tile(np.array(plan.visit_days), len(enrolled))
    moved = np.where(days > 14, rng.integers(-3, 5, len(days)), 0)
    later["visit"] = np.tile(np.array([_name(day) for day in plan.visit_days]), len(enrolled))
    later["visit_date"] = later["decided_on"] + pd.to_timedelta(days + moved, unit="D")
    later = later[later["visit_date"] < later["leaves_on"]]
    whole = pd.concat([screening, later[[*who, "visit", "visit_date"]]])
    return whole.sort_values(["site", "participant", "visit_date"], ignore_index=True)


@cache
def deviations(plan: StudyPlan, today: date) -> pd.DataFrame:
    """Return one row per deviation, with the days on which it was listed and decided on."""
    rng = seeded(plan, 4)
    seen = visits(plan, today)
    slide = cro_named(plan.monitoring).deviation_slide
    more = by_month(seen["visit_date"], 1.0, slide, today=today)
    counts = rng.poisson(plan.deviations / 100 * more)
    found = seen.loc[seen.index.repeat(counts)].reset_index(drop=True)
    size = len(found)
    important = plan.important * np.minimum(np.repeat(more, counts), GRAVER)
    found["deviation_date"] = found["visit_date"]
    listed = found["visit_date"].to_numpy() + _days(1 + rng.exponential(6, size))
    found["listed_on"] = listed
    found["decided_on"] = listed + _days(rng.uniform(8, 45, size))
    found["rejected"] = rng.uniform(0, 1, size) < REJECTED
    found["importance"] = np.where(rng.uniform(0, 1, size) < important, "Yes", "No")
    found["category"] = rng.choice(CATEGORIES, size, p=CATEGORY_SHARES)
    found = found.sort_values("listed_on", ignore_index=True, kind="stable")
    found["deviation_id"] = [f"PD-{number:04d}" for number in range(1, size + 1)]
    return found


def visits_at(cutoff: date, plan: StudyPlan, *, today: date) -> pd.DataFrame:
    """Return the visits that took place by `cutoff`."""
    whole = visits(plan, today)
    return whole[whole["visit_date"] <= pd.Timestamp(cutoff)].reset_index(drop=True)


def deviations_at(cutoff: date, plan: StudyPlan, *, today: date) -> pd.DataFrame:
    """Return the deviations listed by `cutoff`, each with its status on that day."""
    day = pd.Timestamp(cutoff)
    whole = deviations(plan, today)
    found = whole[whole["listed_on"] <= day].reset_index(drop=True)
    found["pd_status"] = np.select(
        [found["decided_on"] > day, found["rejected"]],
        ["PD Proposed", "PD Rejected"],
        "PD Confirmed",
    )
    return found


def _name(day: int) -> str:
    if day == 0:
        return "Baseline"
    return f"Week {round(day / 7)}" if day > 14 else f"Day {day + 1}"


def _days(numbers: np.ndarray) -> np.ndarray:
    return numbers.astype("timedelta64[D]")
