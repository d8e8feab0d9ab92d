"""Monitoring visits: one row each, with the report and what was left to do."""

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import KG, YES_NO, choice, count, day, number, people, text
from kpis.engine.listings.common import REGION, STUDY
from kpis.engine.listings.recruitment import OWN_COUNTRY, OWN_SITE

MONITORING = ListingType(
    name="monitoring-visits",
    title="Monitoring visits and reports",
    semantics="ledger",
    columns=(
        STUDY,
        REGION,
        OWN_COUNTRY,
        OWN_SITE,
        people("monitor", "CRA", "cra, monitor, monitor name, site monitor"),
        choice(
            "visit_type",
            "Visit Type",
            "visit type, monitoring visit type, type of visit",
            {
                "selection": "selection, pre-study, ssv, psv, qualification",
                "initiation": "initiation, siv",
                "routine": "routine, interim, imv, rmv, monitoring",
                "remote": "remote, off-site, remote monitoring",
                "close-out": "close-out, close out, closeout, cov",
            },
            required=True,
        ),
        day("planned_on", "Planned Date", "planned date, planned visit date, scheduled date"),
        day("cancelled_on", "Visit Cancelled", "visit cancelled, visit cancelled on"),
        day("started_on", "Visit Start", "visit start, visit start date, actual start"),
        day("ended_on", "Visit End", "visit end, visit end date, actual end"),
        day("report_due_on", "Report Due", "report due, report due date, mvr due"),
        day("report_submitted_on", "Report Submitted", "report submitted, mvr submitted"),
        day("report_final_on", "Report Final", "report final, mvr final, report approved"),
        choice(
            "report_first_pass",
            "Report Passed Check First Time",
            "report passed check first time, mvr passed first time, report qc first pass",
            YES_NO,
        ),
        day("letter_sent_on", "Follow-up Letter Sent", "follow up letter sent, letter sent"),
        count("sdv_required", "SDV Required", "sdv required, pages to verify"),
        count("sdv_done", "SDV Done", "sdv done, pages verified"),
        count("open_items", "Open Action Items", "open action items, open items"),
        day("oldest_item_on", "Oldest Item Opened", "oldest item opened, oldest open item"),
        number("travel_co2", "Travel CO2", "travel co2, travel co2 kg, travel emissions", unit=KG),
    ),
    key=words("study, site, visit_type, planned_on, started_on"),
    engine_order=("site", "started_on"),
    duplicates="refused",
    telltale=frozenset(
        {"visit_type", "report_due_on", "report_submitted_on", "report_final_on", "letter_sent_on"}
    ),
    telltales_needed=2,
    sheet_names=words("monitoring, monitoring visits, visit reports, mvr"),
    why="Late visits and late reports are how problems at a site stay unknown to the sponsor.",
    found_in=("CTMS monitoring visit report",),
)
SITE_ACTION_ITEMS = ListingType(
    name="site-action-items",
    title="Action items of monitoring visits",
    semantics="ledger",
    columns=(
        STUDY,
        REGION,
        OWN_COUNTRY,
        OWN_SITE,
        text("item", "Action Item", "action item, action item id, item id", required=True),
        day("opened_on", "Item Opened", "item opened, opened, opened on", required=True),
        day("due_on", "Item Due", "item due, due, due date"),
        day("closed_on", "Item Closed", "item closed, closed, closed on"),
    ),
    key=words("study, site, item"),
    engine_order=("site", "opened_on"),
    duplicates="refused",
    telltale=frozenset({"item", "opened_on", "due_on", "closed_on"}),
    telltales_needed=3,
    foreign=words("capa id, finding id, signal id, query status"),
    sheet_names=words("action items, site action items, visit action items, follow up items"),
    why="What a monitor found at a site is settled only when its action item is closed.",
    found_in=("CTMS action item listing",),
)
