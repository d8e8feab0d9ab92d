"""Discrepancies between the clinical and the safety database, as either side lists them."""

from dataclasses import replace

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import choice, count, day, moment, text
from kpis.engine.listings.common import COUNTRY, PARTICIPANT, SITE, STUDY

DISCREPANCY = text(
    "discrepancy_id",
    "Discrepancy ID",
    "discrepancy id, discrepancy number, discrepancy no",
    required=True,
)
CREATED = moment(
    "created_at",
    "Discrepancy Created",
    "discrepancy created timestamp in dashboard, discrepancy created, discrepancy created date,"
    " created timestamp",
    required=True,
)
REVIEW = choice(
    "state",
    "Review Status",
    "review status, discrepancy status, reconciliation status",
    {
        "open": "pending for review, pending, open, not started, new",
        "in-review": "review in progress, in progress, in review",
        "closed": "review completed, completed, closed, resolved",
    },
    required=True,
)
ACTION = text("action_status", "Action Status", "action status")
CLOSED = day("closed_on", "Review Completed On", "review completed on, resolved on, closed on")

DM_SIDE = ListingType(
    name="sae-reconciliation-dm",
    title="Safety reconciliation, data-management side",
    semantics="ledger",
    columns=(
        DISCREPANCY,
        STUDY,
        COUNTRY,
        SITE,
        PARTICIPANT,
        text(
            "form",
            "Form Name",
            "form name, form, page name, data page name",
            required=True,
        ),
        CREATED,
        REVIEW,
        ACTION,
        CLOSED,
    ),
    key=("study", "discrepancy_id"),
    engine_order=("site", "created_at"),
    duplicates="counted",
    telltale=frozenset({"discrepancy_id", "created_at", "form"}),
    telltales_needed=3,
    foreign=("case status",),
    sheet_names=words("sae dashboard dm, esae dashboard, sae reconciliation dm"),
    why="A serious event that the two databases tell differently may reach nobody; each difference"
    " has to be looked at.",
    found_in=("SAE reconciliation dashboard, data-management sheet",),
)
SAFETY_SIDE = ListingType(
    name="sae-reconciliation-safety",
    title="Safety reconciliation, safety side",
    semantics="ledger",
    columns=(
        DISCREPANCY,
        STUDY,
        COUNTRY,
        replace(SITE, required=False),  # a safety case may belong to no site
        PARTICIPANT,
        text("case_status", "Case Status", "case status, safety case status"),
        CREATED,
        REVIEW,
        ACTION,
        CLOSED,
    ),
    key=("study", "discrepancy_id"),
    engine_order=("site", "created_at"),
    duplicates="counted",
    telltale=frozenset({"discrepancy_id", "created_at", "case_status"}),
    telltales_needed=3,
    sheet_names=words("sae dashboard safety, sae reconciliation safety"),
    why="The safety database must know every serious event that the clinical one knows; open"
    " differences are cases at risk.",
    found_in=("SAE reconciliation dashboard, safety sheet",),
)
THIRD_PARTY = ListingType(
    name="third-party-issues",
    title="Open issues of external data",
    semantics="stock",
    columns=(
        STUDY,
        COUNTRY,
        SITE,
        PARTICIPANT,
        count(
            "open_issues",
            "Total Open issue Count per subject",
            "total open issue count per subject, open issue count, open issues",
            required=True,
        ),
    ),
    key=("study", "participant"),
    engine_order=("site", "participant"),
    duplicates="refused",
    telltale=frozenset({"open_issues"}),
    telltales_needed=1,
    sheet_names=words("open issues summary, compiled edrr, external data reconciliation"),
    why="Laboratory and other external data that disagree with the clinical database stay open"
    " until somebody compares them.",
    found_in=("EDC external data reconciliation report (EDRR)",),
)
