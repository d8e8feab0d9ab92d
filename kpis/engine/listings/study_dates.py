"""The key dates of a study: one row each, from the final protocol to the locked database."""

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import day
from kpis.engine.listings.common import STUDY

STUDY_DATES = ListingType(
    name="study-key-dates",
    title="Key dates of studies",
    semantics="stock",
    columns=(
        STUDY,
        day("protocol_final_on", "Protocol Final", "protocol final, final protocol", required=True),
        day("edc_live_on", "EDC Go-live", "edc go live, edc live, database go live"),
        day("first_visit_on", "FPFV", "fpfv, first participant first visit, first patient in"),
        day("enrolment_ended_on", "Enrolment Ended", "enrolment ended, enrollment ended, lpi"),
        day(
            "enrolment_end_planned_on",
            "Enrolment End Planned",
            "enrolment end planned, enrollment end planned, planned lpi",
        ),
        day(
            "enrolment_end_forecast_on",
            "Enrolment End Forecast",
            "enrolment end forecast, enrollment end forecast, forecast lpi",
        ),
        day("last_visit_on", "LPLV", "lplv, last participant last visit, last patient out"),
        day("locked_on", "Database Lock", "database lock, db lock, database locked, dbl"),
    ),
    key=("study",),
    engine_order=("study",),
    duplicates="refused",
    telltale=frozenset(
        {"protocol_final_on", "edc_live_on", "first_visit_on", "last_visit_on", "locked_on"}
    ),
    telltales_needed=3,
    foreign=words("site number, milestone, milestone name"),
    sheet_names=words("study dates, key dates, study key dates"),
    why="The long stretches of a study, such as building its database or locking it, show in a few"
    " dates.",
    found_in=("CTMS study dates report",),
)
