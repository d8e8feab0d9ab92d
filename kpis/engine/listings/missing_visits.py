"""Visits that were projected and are not there."""

from dataclasses import replace

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import DAYS, day, number
from kpis.engine.listings.common import COUNTRY, PARTICIPANT, REGION, SITE, STUDY
from kpis.engine.listings.visits import VISITS

MISSING_VISITS = ListingType(
    name="missing-visits",
    title="Missing visits",
    semantics="stock",
    columns=(
        STUDY,
        REGION,
        COUNTRY,
        SITE,
        PARTICIPANT,
        replace(VISITS.column("visit"), title="Visit"),
        day(
            "projected_on",
            "Projected Date",
            "projected date, projected visit date, expected date, due date, target date",
            required=True,
            lenient=True,
        ),
        number(
            "days_outstanding",
            "# Days Outstanding",
            "days outstanding, no days outstanding, days overdue",
            unit=DAYS,
        ),
    ),
    key=words("site, participant, visit, projected_on"),
    engine_order=("site", "participant"),
    duplicates="counted",
    telltale=frozenset({"visit", "projected_on", "days_outstanding"}),
    telltales_needed=3,
    foreign=words("page name, form name, data page name"),
    sheet_names=words("missing visits, visit projection tracker, overdue visits"),
    why="A visit that is overdue in the system either did not take place or was not entered; both"
    " need somebody's attention.",
    found_in=("EDC visit projection tracker",),
)
