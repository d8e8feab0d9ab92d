"""People of an engagement: head-count, hours and training. Numbers stand for people."""

from dataclasses import replace

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import (
    FTE,
    FUNCTION,
    HOURS,
    ROLE,
    YES_NO,
    choice,
    count,
    day,
    number,
    text,
)
from kpis.engine.listings.common import COUNTRY, STUDY

OWN_COUNTRY = replace(COUNTRY, filled_from=None)
MONTH = day("month", "Month", "month, period, reporting month", required=True)

HEADCOUNT = ListingType(
    name="head-count",
    title="Head-count",
    semantics="ledger",
    columns=(
        STUDY,
        OWN_COUNTRY,
        MONTH,
        ROLE,
        FUNCTION,
        number("fte_contracted", "FTE Contracted", "fte contracted, contracted fte", unit=FTE),
        number("fte_baseline", "FTE in Baseline", "fte in baseline, baseline fte", unit=FTE),
        text("baseline_version", "Baseline Version", "baseline version, plan version"),
        number("fte_actual", "FTE Actual", "fte actual, actual fte, fte delivered", unit=FTE),
        count("people_at_start", "Head-count Start", "head count start, headcount start"),
        count("people_at_end", "Head-count End", "head count end, headcount end, headcount"),
        count("left_voluntarily", "Leavers, Own Wish", "leavers own wish, voluntary leavers"),
        count("left_otherwise", "Leavers, Other", "leavers other, involuntary leavers"),
        count("reassigned", "Reassigned", "reassigned, reassigned by cro"),
    ),
    key=words("study, country, month, role, function"),
    engine_order=("month", "role"),
    duplicates="refused",
    telltale=frozenset(
        {"fte_contracted", "fte_actual", "people_at_start", "people_at_end", "left_voluntarily"}
    ),
    telltales_needed=2,
    sheet_names=words("headcount, head count, staffing, fte, roster"),
    why="People contracted, there and leaving show whether the team is what was bought.",
    found_in=("Resourcing system, monthly head-count",),
)
WORKED_HOURS = ListingType(
    name="hours",
    title="Hours",
    semantics="ledger",
    columns=(
        STUDY,
        OWN_COUNTRY,
        MONTH,
        ROLE,
        FUNCTION,
        number(
            "available_hours",
            "Available Hours",
            "available hours, hours available, capacity hours",
            required=True,
            unit=HOURS,
        ),
        number(
            "billable_hours",
            "Billable Hours",
            "billable hours, hours billable, assigned hours, utilised hours",
            required=True,
            unit=HOURS,
        ),
        number("leave_hours", "Leave Hours", "leave hours, hours of leave, absence", unit=HOURS),
    ),
    key=words("study, country, month, role, function"),
    engine_order=("month", "role"),
    duplicates="refused",
    telltale=frozenset({"available_hours", "billable_hours"}),
    telltales_needed=2,
    sheet_names=words("hours, utilisation, utilization, timesheets"),
    why="Billed against available hours shows who is overloaded and who is paid for waiting.",
    found_in=("Timesheet system, monthly hours",),
)
TRAINING = ListingType(
    name="training",
    title="Training",
    semantics="stock",
    columns=(
        STUDY,
        OWN_COUNTRY,
        text("person_number", "Staff Number", "staff number, employee id, person", required=True),
        ROLE,
        text("course", "Training", "training, course, training title, curriculum", required=True),
        choice("needed", "Required", "required, mandatory", YES_NO),
        day("due_on", "Due", "due, due date, training due"),
        day("completed_on", "Completed", "completed, completed on, completion date"),
        day("expires_on", "Valid Until", "valid until, expires, expiry date"),
    ),
    key=words("study, person_number, course"),
    engine_order=("role", "course"),
    duplicates="refused",
    telltale=frozenset({"person_number", "course", "completed_on", "expires_on"}),
    telltales_needed=3,
    sheet_names=words("training, training compliance, training matrix"),
    why="Whoever works on a trial must be trained for it, and be able to show it.",
    found_in=("Learning management system, training matrix",),
)
