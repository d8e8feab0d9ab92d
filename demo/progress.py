"""Made-up plans of a study, as a full-service CRO sends them: enrolment, start-up, milestones.

The plan was hopeful, as plans are: sites opened later, and the second version moved the end. What
a month's file says is what was so at its end.
"""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from demo.calendar import first_day, month_end
from demo.participants import LEAD, participants, seeded, sites
from demo.plans import StudyPlan

PLANS = frozenset({"enrolment-plan", "site-start-up", "study-milestones"})
MORE = 1.3  # participants wanted, over those that the story enrols up to its end
MOVED = 120  # days by which the second version moved the end
STEPS = 10


def plan_at(cutoff: date, plan: StudyPlan, *, today: date) -> pd.DataFrame:
    """Return the versions of the plan of enrolment that were approved by `cutoff`."""
    begin, end, amended = _days(plan, today)
    target = _target(plan, today)
    rows = []
    for version, approved, last in (
        ("Baseline", begin - timedelta(days=30), end),
        ("Version 2", amended, end + timedelta(days=MOVED)),
    ):
        if approved > cutoff:
            continue
        for step in range(1, STEPS + 1):
            part = step / STEPS
            rows.append(
                {
                    "study": plan.protocol_number,
                    "version": version,
                    "approved_on": pd.Timestamp(approved),
                    "until": pd.Timestamp(begin + part * (last - begin)).normalize(),
                    "participants": round(target * part * part * (3 - 2 * part)),
                    "sites": min(plan.sites, round(plan.sites * part * 2.5)),
                }
            )
    return pd.DataFrame(rows)


def start_up_at(cutoff: date, plan: StudyPlan, *, today: date) -> pd.DataFrame:
    """Return the start-up of each site as the tracker had it at `cutoff`."""
    rng, day = seeded(plan, 7), pd.Timestamp(cutoff)
    found = sites(plan, today)[["study", "country", "site", "activated_on"]].copy()
    size = len(found)
    late = pd.to_timedelta(rng.gamma(2.0, 14.0, size).astype(int), unit="D")
    found["planned_on"] = found["activated_on"] - late
    found["contract_on"] = found["activated_on"] - pd.to_timedelta(
        rng.integers(5, 25, size), unit="D"
    )
    found["selected_on"] = found["contract_on"] - pd.to_timedelta(
        rng.integers(60, 120, size), unit="D"
    )
    for column in ("activated_on", "contract_on", "selected_on"):
        found[column] = found[column].where(found[column] <= day)
    return found[found["selected_on"].notna()]


def milestones_at(cutoff: date, plan: StudyPlan, *, today: date) -> pd.DataFrame:
    """Return the milestones with their first plan, their newest one, and when each was reached."""
    begin, end, amended = _days(plan, today)
    people = participants(plan, today)
    days = np.sort(people.loc[~people["fails"], "decided_on"].to_numpy())
    half = _target(plan, today) // 2
    moved = timedelta(days=MOVED if amended <= cutoff else 0)
    steps = (
        ("First site activated", begin, timedelta(), sites(plan, today)["activated_on"].min()),
        ("First participant in", begin + timedelta(days=30), timedelta(), days[0]),
        (
            "Half of the participants in",
            begin + (end - begin) / 2,
            moved / 2,
            days[half - 1] if half <= len(days) else None,
        ),
        ("Last participant in", end, moved, None),
        ("Last participant last visit", end + timedelta(days=plan.visit_days[-1]), moved, None),
        ("Database lock", end + timedelta(days=plan.visit_days[-1] + 42), moved, None),
    )
    reached = [pd.Timestamp(day) if day is not None else pd.NaT for *_, day in steps]
    return pd.DataFrame(
        {
            "study": plan.protocol_number,
            "country": None,
            "milestone": [name for name, *_ in steps],
            "baseline_on": [pd.Timestamp(day) for _, day, *_ in steps],
            "version": "Baseline",
            "planned_on": [pd.Timestamp(day + later) for _, day, later, _ in steps],
            "reached_on": [day if day <= pd.Timestamp(cutoff) else pd.NaT for day in reached],
            "reason": ["Sites opened late" if later else None for _, _, later, _ in steps],
        }
    )


def _days(plan: StudyPlan, today: date) -> tuple[date, date, date]:
    """Return the first day, the end of the first plan, and when the second was approved."""
    begin = first_day(today, months_ago=plan.months) - timedelta(days=LEAD)
    length = (month_end(today, months_ago=0) - begin).days
    return begin, begin + timedelta(days=round(1.1 * length)), begin + timedelta(days=length // 2)


def _target(plan: StudyPlan, today: date) -> int:
    people = participants(plan, today)
    return int(round(MORE * (~people["fails"]).sum(), -1))
