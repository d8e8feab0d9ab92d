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
        day("first_participant_on", "First Subject In", "first subject in, fsi, fpi"),
        count("planned", "Planned", "planned, planned cumulative, planned subjects, target"),
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
