"""The plan of enrolment: participants and sites planned up to days, in each version of the plan."""

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import count, day, text
from kpis.engine.listings.common import STUDY

ENROLMENT_PLAN = ListingType(
    name="enrolment-plan",
    title="Plan of enrolment",
    semantics="stock",
    columns=(
        STUDY,
        text("plan_version", "Plan Version", "plan version, baseline version, version of plan"),
        day("approved_on", "Plan Approved", "plan approved, plan approved on, plan approval date"),
        day(
            "planned_until",
            "Planned Until",
            "planned until, plan date, plan month, planned by, end of plan month",
            required=True,
        ),
        count(
            "planned_participants",
            "Participants Planned (Cumulative)",
            "participants planned cumulative, participants planned, cumulative participants"
            " planned, subjects planned cumulative",
            required=True,
        ),
        count(
            "planned_sites",
            "Sites Planned Active (Cumulative)",
            "sites planned active cumulative, sites planned active, cumulative sites planned,"
            " planned active sites",
        ),
    ),
    key=("study", "plan_version", "planned_until"),
    engine_order=("plan_version", "planned_until"),
    duplicates="refused",
    telltale=frozenset({"planned_until", "planned_participants", "planned_sites", "approved_on"}),
    telltales_needed=2,
    foreign=words("site number, subject name, milestone"),
    sheet_names=words("enrolment plan, enrollment plan, recruitment plan, plan of enrolment"),
    why="Whether enrolment is on its way, and by how many weeks the last participant comes late,"
    " can only be said against a plan; its last row is the target, and earlier versions stay.",
    found_in=("Recruitment plan, enrolment curve", "CTMS planned enrolment"),
)
