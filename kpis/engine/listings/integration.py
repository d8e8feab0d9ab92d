"""How systems hold together: their availability, what is connected, what was reconciled."""

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import MINUTES, count, day, number, text
from kpis.engine.listings.common import STUDY
from kpis.engine.listings.systems import SYSTEM

AVAILABILITY = ListingType(
    name="system-availability",
    title="System availability by month",
    semantics="ledger",
    columns=(
        STUDY,
        SYSTEM,
        day("month", "Month", "month, period, reporting month", required=True),
        number(
            "minutes_in_month",
            "Minutes In Month",
            "minutes in month, total minutes, minutes total, service minutes",
            required=True,
            unit=MINUTES,
        ),
        number(
            "maintenance_minutes",
            "Agreed Maintenance",
            "agreed maintenance, maintenance minutes, planned downtime",
            required=True,
            unit=MINUTES,
        ),
        number(
            "unplanned_minutes",
            "Unplanned Downtime",
            "unplanned downtime, unplanned minutes, unavailable minutes",
            required=True,
            unit=MINUTES,
        ),
    ),
    key=words("study, system, month"),
    engine_order=("month", "system"),
    duplicates="refused",
    telltale=frozenset({"minutes_in_month", "maintenance_minutes", "unplanned_minutes"}),
    telltales_needed=2,
    sheet_names=words("availability, uptime, service level"),
    why="A share of time can only be told against the minutes that were promised.",
    found_in=("Service desk, monthly service-level report",),
)
SOURCES = ListingType(
    name="integration-sources",
    title="Data sources and their connection",
    semantics="stock",
    columns=(
        STUDY,
        text("source", "Data Source", "data source, source system, feed", required=True),
        day("planned_live_on", "Planned Live", "planned live, planned go live, live planned"),
        day("live_on", "Live Since", "live since, live on, go live, connected since"),
    ),
    key=words("study, source"),
    engine_order=("source",),
    duplicates="refused",
    telltale=frozenset({"source", "planned_live_on", "live_on"}),
    telltales_needed=3,
    sheet_names=words("data sources, integrations, integration plan"),
    why="What is not connected is copied by hand, late and with errors.",
    found_in=("Integration plan of the data platform",),
)
RECONCILIATIONS = ListingType(
    name="reconciliations",
    title="Reconciliations between systems",
    semantics="ledger",
    columns=(
        STUDY,
        text(
            "reconciliation",
            "Reconciliation",
            "reconciliation, reconciled systems, reconciliation type",
            required=True,
        ),
        day("reconciled_on", "Reconciled", "reconciled, reconciled on, run date", required=True),
        count(
            "records_reconciled",
            "Records Reconciled",
            "records reconciled, records compared",
            required=True,
        ),
        count(
            "discrepancies_open",
            "Discrepancies Open",
            "discrepancies open, open discrepancies",
            required=True,
        ),
    ),
    key=words("study, reconciliation, reconciled_on"),
    engine_order=("reconciled_on", "reconciliation"),
    duplicates="refused",
    telltale=frozenset({"reconciliation", "records_reconciled", "discrepancies_open"}),
    telltales_needed=2,
    sheet_names=words("reconciliation, reconciliations, reconciliation log"),
    why="Only against all records compared do open differences say how far two systems agree.",
    found_in=("Data-management reconciliation log",),
)
