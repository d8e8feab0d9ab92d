"""Each listing at a cut-off as a sheet: named and headed as an EDC or trial management system does.

Which columns a sheet has is told once, in LAYOUTS; the columns of the simulations keep our names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from demo.discrepancies import discrepancies_at
from demo.pages import missing_pages_at, sdv_at, subjects_at
from demo.participants import enrolment_at, sites_at
from demo.plans import Cro, StudyPlan
from demo.positions import positions_at
from demo.progress import milestones_at, plan_at, start_up_at
from demo.queries import open_at
from demo.visits import deviations_at, visits_at

Sheets = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Layout:
    """A sheet's title and its columns: ours → the header word. `times` keep the time of day."""

    title: str
    columns: Mapping[str, str]
    times: tuple[str, ...] = ()


_WHOSE = {
    "study": "Study", "country": "Country", "site": "Site Number", "participant": "Subject Name",
}  # fmt: skip
_DISCREPANCY = {
    "discrepancy_id": "Discrepancy ID", "study": "Study ID", "country": "Country",
    "site": "Site", "participant": "Patient ID",
}  # fmt: skip
_REVIEW = {
    "created": "Discrepancy Created Timestamp in Dashboard", "state": "Review Status",
    "closed_on": "Review Completed On",
}  # fmt: skip
LAYOUTS = {
    "queries": Layout(
        "Query Report - Cumulative",
        {
            **_WHOSE, "folder": "Folder Name", "form": "Form", "field": "Field OID",
            "log_line": "Log #", "state": "Query Status", "group": "Marking Group Name",
            "opened": "Query Open Date", "answered": "Query Response Date",
            "days_open": "# Days Since Open", "days_answered": "# Days Since Response",
        },
        times=("opened", "answered"),
    ),
    "deviations": Layout(
        "Protocol Deviation",
        {
            **_WHOSE, "deviation_id": "Deviation ID", "visit": "Folder Name",
            "pd_status": "PD Status", "importance": "Deemed Important",
            "category": "Deviation Category", "deviation_date": "Deviation Date",
        },
    ),
    "visits": Layout("SV", {**_WHOSE, "visit": "Folder Name", "visit_date": "Visit Date"}),
    "enrolment": Layout(
        "Screening and Enrolment Log",
        {
            **_WHOSE, "outcome": "Enrolment Status", "decided_on": "Enrolment Date",
            "failure_reason": "Screen Failure Reason",
        },
    ),
    "positions": Layout(
        "Positions",
        {
            "requisition": "Requisition", "role": "Role", "function": "Function",
            "country": "Country", "approved_on": "Approved", "needed_by": "Needed By",
            "accepted_on": "Offer Accepted", "started_on": "Started",
            "productive_on": "Productive", "left_on": "Left", "left_reason": "Reason for Leaving",
        },
    ),
    "sites": Layout(
        "Site Status",
        {
            "study": "Study", "country": "Country", "site": "Site Number",
            "site_status": "Site Status", "activated_on": "Site Activation Date",
        },
    ),
    "participants": Layout(
        "Subject Level Metrics",
        {
            **_WHOSE, "subject_status": "Subject Status", "enrolled_on": "Enrollment Date",
            "days_on_study": "Days on Study", "pages_entered": "# Pages Entered",
        },
    ),
    "enrolment-plan": Layout(
        "Enrolment Plan",
        {
            "study": "Study", "version": "Plan Version", "approved_on": "Plan Approved",
            "until": "Planned Until", "participants": "Participants Planned (Cumulative)",
            "sites": "Sites Planned Active (Cumulative)",
        },
    ),
    "site-start-up": Layout(
        "Site Start-up",
        {
            "study": "Study", "country": "Country", "site": "Site Number",
            "selected_on": "Site Selected", "contract_on": "Contract Signed",
            "planned_on": "Planned Activation", "activated_on": "Site Activated",
        },
    ),
    "study-milestones": Layout(
        "Milestones",
        {
            "study": "Study", "country": "Country", "milestone": "Milestone",
            "baseline_on": "Baseline", "version": "Baseline Version",
            "planned_on": "Current Plan", "reached_on": "Actual",
            "reason": "Reason for Slip",
        },
    ),
    "sdv": Layout(
        "SDV",
        {
            **_WHOSE, "visit": "Folder Name", "page": "Data Page Name", "visit_date": "Visit Date",
            "verification": "Verification Status", "verified_on": "Verified On",
        },
    ),
    "missing-pages": Layout(
        "All Pages Missing",
        {
            **_WHOSE, "visit": "Visit Name", "page": "Page Name", "page_level": "Form Details",
            "visit_date": "Visit Date", "days_missing": "# of Days Missing",
        },
    ),
    "sae-reconciliation-dm": Layout(
        "SAE Dashboard_DM",
        {
            **_DISCREPANCY, "form": "Form Name", **_REVIEW,
        },
        times=("created",),
    ),
    "sae-reconciliation-safety": Layout(
        "SAE Dashboard_Safety",
        {
            **_DISCREPANCY, "case_status": "Case Status", **_REVIEW,
        },
        times=("created",),
    ),
}  # fmt: skip


def listing_at(name: str, cutoff: date, plan: StudyPlan, cro: Cro, *, today: date) -> pd.DataFrame:
    """Return one study's rows of a listing at a cut-off, in the simulation's columns."""
    if name == "queries":
        return open_at(cutoff, plan, cro, today=today)
    if name.startswith("sae-reconciliation"):
        return discrepancies_at(cutoff, plan, clinical=name.endswith("-dm"), today=today)
    at = {
        "deviations": deviations_at,
        "visits": visits_at,
        "enrolment": enrolment_at,
        "sites": sites_at,
        "participants": subjects_at,
        "enrolment-plan": plan_at,
        "site-start-up": start_up_at,
        "study-milestones": milestones_at,
        "sdv": sdv_at,
        "missing-pages": missing_pages_at,
    }[name]
    return at(cutoff, plan, today=today)


def sheets_at(
    listings: frozenset[str], cutoff: date, plans: list[StudyPlan], cro: Cro, *, today: date
) -> Sheets:
    """Return the tables by listing: rows of all `plans`, and the CRO's positions."""
    found: Sheets = {}
    for name in LAYOUTS:
        if name not in listings:
            continue
        if name == "positions":
            found[name] = positions_at(cutoff, cro, today=today)
            continue
        parts = [listing_at(name, cutoff, plan, cro, today=today) for plan in plans]
        found[name] = pd.concat(parts, ignore_index=True)
    return found
