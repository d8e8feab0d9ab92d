"""Positions of an FSP or hybrid engagement: requisitions, who filled them when, who left.

The provider's own numbers stand for people; names are not sent.
"""

from dataclasses import replace

from kpis.engine.listing import Column, ListingType, words
from kpis.engine.listings.common import COUNTRY, STUDY

POSITIONS = ListingType(
    name="positions",
    title="Positions",
    semantics="ledger",
    columns=(
        STUDY,
        replace(COUNTRY, filled_from=None),
        Column(
            "requisition",
            "Requisition",
            "text",
            True,
            words("requisition, requisition id, requisition number, req id, position id, position"),
        ),
        Column("role", "Role", "text", True, words("role, fsp role, job title, position title")),
        Column("function", "Function", "text", False, words("function, service, functional area")),
        Column(
            "approved_on",
            "Approved",
            "date",
            True,
            words("approved, approved on, approval date, requisition approved, date approved"),
        ),
        Column(
            "needed_by",
            "Needed By",
            "date",
            False,
            words("needed by, need by date, required by, needed by date, due date"),
        ),
        Column(
            "accepted_on",
            "Offer Accepted",
            "date",
            False,
            words("offer accepted, accepted, accepted on, acceptance date, offer accepted date"),
        ),
        Column(
            "started_on",
            "Started",
            "date",
            False,
            words("started, started on, start date, date started, onboarded"),
        ),
        Column(
            "productive_on",
            "Productive",
            "date",
            False,
            words("productive, productive on, signed off, sign off date, independent since"),
        ),
        Column("left_on", "Left", "date", False, words("left, left on, end date, leaving date")),
        Column(
            "left_reason",
            "Reason for Leaving",
            "text",
            False,
            words("reason for leaving, reason, leaving reason"),
        ),
        Column(
            "withdrawn_on",
            "Withdrawn",
            "date",
            False,
            words("withdrawn, withdrawn on, cancelled, cancelled on, requisition cancelled"),
        ),
    ),
    key=("requisition",),
    engine_order=("country", "role"),
    duplicates="refused",
    telltale=frozenset({"requisition", "approved_on", "needed_by", "accepted_on", "started_on"}),
    telltales_needed=3,
    plain=True,
    sheet_names=words("positions, requisitions, staffing, roster, open positions, recruitment"),
    why="Work waits while a position is open: it shows how long the sponsor waits for people and"
    " whether they come when they are needed.",
    found_in=("Resourcing system, requisition listing",),
)
