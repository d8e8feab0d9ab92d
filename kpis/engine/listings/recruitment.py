"""Enrolment and disposition: counts by site, and one row for each participant who left."""

from dataclasses import replace

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import choice, count, day, people, text
from kpis.engine.listings.common import COUNTRY, PARTICIPANT, REGION, SITE, STUDY

OWN_SITE = replace(SITE, filled_from=None)
OWN_COUNTRY = replace(COUNTRY, filled_from=None)

ENROLMENT_BY_SITE = ListingType(
    name="enrolment-by-site",
    title="Enrolment and disposition by site",
    semantics="stock",
    columns=(
        STUDY,
        REGION,
        OWN_COUNTRY,
        OWN_SITE,
        people("investigator", "Principal Investigator", "principal investigator, pi, pi name"),
        text("site_status", "Site Status", "site status, status of site"),
        day("activated_on", "Site Activated", "site activated, activated on, activation date"),
        day("closed_on", "Site Closed", "site closed, closed on, closure date"),
        day("first_participant_on", "First Subject In", "first subject in, fsi, fpi"),
        count("planned", "Planned", "planned, planned cumulative, planned subjects, target"),
        count("planned_baseline", "Planned in Baseline", "planned in baseline, baseline planned"),
        text("baseline_version", "Baseline Version", "baseline version, plan version"),
        count("screened", "Screened", "screened, subjects screened, total screened", required=True),
        count(
            "screen_failures",
            "Screen Failed",
            "screen failed, screen failures, screen fails",
            required=True,
        ),
        count(
            "enrolled",
            "Randomised",
            "randomised, randomized, enrolled, subjects enrolled",
            required=True,
        ),
        count("on_treatment", "On Treatment", "on treatment, active, ongoing"),
        count("completed", "Completed", "completed, subjects completed"),
        count("discontinued", "Discontinued", "discontinued, withdrawn, early terminated"),
    ),
    key=("study", "site"),
    engine_order=("site",),
    duplicates="refused",
    telltale=frozenset({"planned", "screened", "screen_failures", "enrolled", "discontinued"}),
    telltales_needed=3,
    sheet_names=words("enrolment by site, enrollment by site, enrolment, enrollment, recruitment"),
    why="How many were screened, enrolled and lost at each site, against the plan, shows where"
    " recruitment needs help.",
    found_in=("CTMS enrolment report by site",),
)
DISPOSITION = ListingType(
    name="disposition",
    title="Disposition of participants",
    semantics="ledger",
    columns=(
        STUDY,
        REGION,
        COUNTRY,
        SITE,
        PARTICIPANT,
        day("enrolled_on", "Enrolment Date", "enrolment date, enrollment date, date enrolled"),
        choice(
            "disposition",
            "Disposition",
            "disposition, disposition event, end of study status, completion status",
            {
                "ongoing": "ongoing, on study, on trial, on treatment, in follow-up",
                "completed": "completed, study completed",
                "discontinued": "discontinued, withdrawn, early termination, lost to follow-up,"
                " death, consent withdrawn",
                "screen-failure": "screen failure, screen failed",
            },
            required=True,
        ),
        day("left_on", "Disposition Date", "disposition date, end of study date, date of leaving"),
        text("left_reason", "Reason", "reason, disposition reason, reason for leaving"),
    ),
    key=("study", "participant"),
    engine_order=("site", "participant"),
    duplicates="refused",
    telltale=frozenset({"disposition", "left_on", "left_reason"}),
    telltales_needed=2,
    sheet_names=words("disposition, end of study, discontinuations, subject disposition"),
    why="Who left, when and why tells whether a study keeps its participants.",
    found_in=("EDC disposition form listing",),
)
ENROLMENT_BY_GROUP = ListingType(
    name="enrolment-by-group",
    title="Enrolment by group against the diversity plan",
    semantics="stock",
    columns=(
        STUDY,
        OWN_COUNTRY,
        text("group", "Group", "group, diversity group, population group", required=True),
        count("planned", "Planned in Group", "planned in group, planned, target", required=True),
        count("enrolled", "Enrolled in Group", "enrolled in group, enrolled", required=True),
        text("plan_version", "Plan Version", "plan version, diversity plan version"),
    ),
    key=words("study, country, group"),
    engine_order=("group",),
    duplicates="refused",
    telltale=frozenset({"group", "planned", "enrolled", "plan_version"}),
    telltales_needed=3,
    foreign=words("site number, site id, subject id, screened"),
    sheet_names=words("diversity, diversity plan, enrolment by group"),
    why="A study whose participants differ from the people to be treated answers less than it"
    " could; counts only, no participant.",
    found_in=("Diversity action plan, progress table",),
)
