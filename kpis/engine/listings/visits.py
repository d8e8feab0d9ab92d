"""Participant visits: one row for each visit of a participant, with its date once it took place."""

from kpis.engine.listing import Column, ListingType, words
from kpis.engine.listings.common import COUNTRY, PARTICIPANT, REGION, SITE, STUDY

VISITS = ListingType(
    name="visits",
    title="Participant visits",
    semantics="ledger",
    columns=(
        STUDY,
        REGION,
        COUNTRY,
        SITE,
        PARTICIPANT,
        Column(
            "visit",
            "Folder Name",
            "text",
            True,
            words("folder name, folder, visit name, visit, event name, event"),
        ),
        Column(
            "visit_date",
            "Visit date",
            "date",
            False,
            words("visit date, date of visit, visit start date, sv start date"),
            lenient=True,
        ),
    ),
    key=words("site, participant, visit, visit_date"),
    engine_order=("site", "participant"),
    duplicates="counted",
    telltale=frozenset({"visit", "visit_date"}),
    telltales_needed=2,
    foreign=words(
        "page, page name, form, form name, data page name, crf, log, field oid, projected date, "
        "days outstanding, query status, pd status, lab date, no days page missing"
    ),
    sheet_names=words("sv, subject visits, visits, visit dates, visit listing"),
    why="Every visit is an occasion to depart from the protocol; deviations are counted against"
    " visits that took place.",
    found_in=("EDC metrics workbook, subject visits", "EDC visit date listing"),
)
