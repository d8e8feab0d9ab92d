"""Systems: outages, data transfers, and how long data take to be seen."""

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import HOURS, MINUTES, YES_NO, choice, count, moment, number, text
from kpis.engine.listings.common import STUDY

SYSTEM = text("system", "System", "system, system name, application", required=True)

OUTAGES = ListingType(
    name="outages",
    title="Outages of systems",
    semantics="ledger",
    columns=(
        STUDY,
        SYSTEM,
        moment(
            "began_at", "Outage Start", "outage start, down from, start of outage", required=True
        ),
        moment("ended_at", "Outage End", "outage end, down until, end of outage"),
        choice("planned", "Planned", "planned, planned maintenance, agreed maintenance", YES_NO),
        number(
            "minutes_down",
            "Minutes Down",
            "minutes down, downtime, downtime minutes, duration",
            unit=MINUTES,
        ),
        text("cause", "Cause", "cause, root cause, reason"),
    ),
    key=words("study, system, began_at"),
    engine_order=("system", "began_at"),
    duplicates="refused",
    telltale=frozenset({"began_at", "ended_at", "minutes_down"}),
    telltales_needed=2,
    sheet_names=words("outages, downtime, system availability, systems"),
    why="While a system is down nobody can enter, code or review; planned hours are told apart.",
    found_in=("Service desk, availability report",),
)
TRANSFERS = ListingType(
    name="transfers",
    title="Data transfers",
    semantics="ledger",
    columns=(
        STUDY,
        SYSTEM,
        text("transfer", "Transfer", "transfer, transfer id, transfer name", required=True),
        moment(
            "scheduled_at",
            "Scheduled",
            "scheduled, scheduled for, transfer due",
            required=True,
        ),
        moment("arrived_at", "Arrived", "arrived, arrived at, received, transferred"),
        choice(
            "outcome",
            "Outcome",
            "outcome, transfer status, result",
            {
                "on-time": "on time, ok, success, successful, succeeded",
                "late": "late, delayed, succeeded late",
                "failed": "failed, fail, error",
            },
            required=True,
        ),
        count("records", "Records", "records, number of records, rows transferred"),
    ),
    key=words("study, system, transfer, scheduled_at"),
    engine_order=("system", "scheduled_at"),
    duplicates="refused",
    telltale=frozenset({"transfer", "scheduled_at", "arrived_at", "outcome"}),
    telltales_needed=3,
    sheet_names=words("transfers, data transfers, integrations"),
    why="Laboratory, imaging and diary data that arrive late or not at all are missing without"
    " anybody noticing.",
    found_in=("Integration platform, transfer log",),
)
DATA_LATENCY = ListingType(
    name="data-latency",
    title="Data latency",
    semantics="ledger",
    columns=(
        STUDY,
        SYSTEM,
        text("data_set", "Data Set", "data set, dataset, domain", required=True),
        moment(
            "entered_at", "Entered At", "entered at, entry time, data entry time", required=True
        ),
        moment("available_at", "Available At", "available at, dashboard available, shown since"),
        number("hours_late", "Hours", "hours, latency, latency hours", unit=HOURS),
    ),
    key=words("study, system, data_set, entered_at"),
    engine_order=("system", "entered_at"),
    duplicates="counted",
    telltale=frozenset({"data_set", "entered_at", "available_at"}),
    telltales_needed=3,
    sheet_names=words("data latency, latency, data availability"),
    why="Decisions rest on what can be seen; hours between entry and view are hours of blindness.",
    found_in=("Data platform, load log",),
)
