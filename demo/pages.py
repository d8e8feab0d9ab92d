"""Made-up pages of a study's visits: entered, late or never entered, verified against the source.

Entered pages are only counted; rows exist for what reports list: pages missing, and the one page of
each visit that is verified. Nearly all pages are entered at once; the rest is made up.
"""

from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from demo.participants import participants_at, seeded
from demo.plans import StudyPlan
from demo.visits import visits

FORMS = ("Vital signs", "Laboratory, local", "Dosing", "Adverse events", "Questionnaire", "Samples")
LATE, NEVER = 0.015, 0.004  # shares of pages
OVERDUE = 5  # days after the visit from which on a page counts as missing
DAYS_TO_VERIFY = 24  # on average; monitors come about once a month
VERIFIED_PAGE = "Eligibility and dosing"
WHO = ["study", "country", "site", "participant"]


@cache
def _gaps(plan: StudyPlan, today: date) -> pd.DataFrame:
    """Return one row per page not entered with its visit; `entered_on` is NaT when it never is."""
    rng = seeded(plan, 6)
    seen = visits(plan, today)
    pages = seen.loc[seen.index.repeat(len(FORMS))].reset_index(drop=True)
    pages["page"] = np.tile(np.array(FORMS), len(seen))
    draw, lag = rng.uniform(0, 1, len(pages)), rng.integers(10, 60, len(pages))
    entered = pages["visit_date"] + pd.to_timedelta(lag, unit="D")
    pages["entered_on"] = entered.where(draw >= NEVER)
    return pages[draw < LATE + NEVER].reset_index(drop=True)


def missing_pages_at(cutoff: date, plan: StudyPlan, *, today: date) -> pd.DataFrame:
    """Return the pages that are missing at `cutoff`, with the days since their visit."""
    found = _open_gaps(cutoff, plan, today)
    found["days_missing"] = (pd.Timestamp(cutoff) - found["visit_date"]).dt.days
    found["page_level"] = "Visit Level"
    return found[found["days_missing"] > OVERDUE].reset_index(drop=True)


def subjects_at(cutoff: date, plan: StudyPlan, *, today: date) -> pd.DataFrame:
    """Return the participants as `participants_at` does, with the number of pages entered."""
    found = participants_at(cutoff, plan, today=today)
    seen = visits(plan, today)
    made = seen[seen["visit_date"] <= pd.Timestamp(cutoff)].groupby("participant").size()
    gaps = _open_gaps(cutoff, plan, today).groupby("participant").size()
    entered = (len(FORMS) * made).sub(gaps, fill_value=0)
    found["pages_entered"] = found["participant"].map(entered).fillna(0).astype("int64")
    return found


@cache
def _verification(plan: StudyPlan, today: date) -> pd.DataFrame:
    seen = visits(plan, today)
    rng = seeded(plan, 7)
    waits = 1 + rng.gamma(2.0, DAYS_TO_VERIFY / 2.0, len(seen))
    return seen.assign(
        page=VERIFIED_PAGE, verified_on=seen["visit_date"] + pd.to_timedelta(waits // 1, unit="D")
    )


def sdv_at(cutoff: date, plan: StudyPlan, *, today: date) -> pd.DataFrame:
    """Return the pages that require verification at `cutoff`, verified or not."""
    day = pd.Timestamp(cutoff)
    whole = _verification(plan, today)
    found = whole[whole["visit_date"] <= day].reset_index(drop=True)
    done = found["verified_on"] <= day
    found["verification"] = np.where(done, "Verified", "Require Verification")
    found["verified_on"] = found["verified_on"].where(done)
    return found


def _open_gaps(cutoff: date, plan: StudyPlan, today: date) -> pd.DataFrame:
    day = pd.Timestamp(cutoff)
    whole = _gaps(plan, today)
    waiting = whole["entered_on"].isna() | (whole["entered_on"] > day)
    return whole[(whole["visit_date"] <= day) & waiting].reset_index(drop=True)
