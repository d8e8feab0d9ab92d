"""Made-up differences between the clinical and the safety database, found and settled.

Numbers only: which participant, when it was found, when its review ended. How many there are, and
how long their review takes, is made up.
"""

from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd

from demo.participants import participants, seeded
from demo.plans import StudyPlan

PER_PARTICIPANT = 0.7
DAYS_TO_REVIEW = 11
CLINICAL = 0.55  # the share found on the clinical side
FORMS = ("Serious adverse event", "Hospitalisation", "Outcome of event")


@cache
def _found(plan: StudyPlan, today: date) -> pd.DataFrame:
    """Return one row per discrepancy, in the order of their discovery."""
    rng = seeded(plan, 8)
    people = participants(plan, today)
    enrolled = people[~people["fails"]]
    counts = rng.poisson(PER_PARTICIPANT, len(enrolled))
    rows = enrolled.loc[enrolled.index.repeat(counts)].reset_index(drop=True)
    size = len(rows)
    gone = rows[["leaves_on", "ends_on"]].min(axis=1)
    share = rng.uniform(0, 1, size)
    days = ((gone - rows["decided_on"]).dt.days * share).astype(int)
    night = pd.to_timedelta(20 * 3600 + rng.integers(0, 3600, size), unit="s")
    rows["created"] = rows["decided_on"] + pd.to_timedelta(days, unit="D") + night
    wait = 1 + rng.exponential(DAYS_TO_REVIEW, size)
    rows["closed_on"] = rows["created"].dt.normalize() + pd.to_timedelta(wait // 1, unit="D")
    rows["clinical"] = rng.uniform(0, 1, size) < CLINICAL
    rows["form"] = rng.choice(FORMS, size)
    rows = rows.sort_values("created", ignore_index=True, kind="stable")
    rows["discrepancy_id"] = np.arange(1, size + 1) + int(plan.protocol_number[-3:]) * 10_000
    return rows


def discrepancies_at(cutoff: date, plan: StudyPlan, *, clinical: bool, today: date) -> pd.DataFrame:
    """Return what one side lists at `cutoff`, each with the state of its review."""
    end = pd.Timestamp(cutoff + timedelta(days=1))
    whole = _found(plan, today)
    found = whole[(whole["clinical"] == clinical) & (whole["created"] < end)].reset_index(drop=True)
    done = found["closed_on"] < end
    waiting = "Pending for Review" if clinical else "Review in Progress"
    found["state"] = np.where(done, "Review Completed", waiting)
    found["closed_on"] = found["closed_on"].where(done)
    found["case_status"] = pd.Series("Closed", found.index).where(done)
    return found
