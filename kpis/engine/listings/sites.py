"""Sites: one row each, with the days on which they became active and were closed."""

from dataclasses import replace

from kpis.engine.listing import Column, ListingType, words
from kpis.engine.listings.common import COUNTRY, REGION, SITE, STUDY

SITES = ListingType(
    name="sites",
    title="Sites",
    semantics="stock",
    columns=(
        STUDY,
        REGION,
        replace(COUNTRY, filled_from=None),
        replace(SITE, filled_from=None),
        Column("site_status", "Site Status", "text", False, words("site status, status of site")),
        Column(
            "activated_on",
            "Site Activation Date",
            "date",
            False,
            words(
                "site activation date, activation date, site active dt, site active date, "
                "activated on, green light date"
            ),
        ),
        Column(
            "closed_on",
            "Site Closure Date",
            "date",
            False,
            words("site closure date, site closed date, site close date, closure date, closed on"),
        ),
    ),
    key=("study", "site"),
    engine_order=("site",),
    duplicates="refused",
    telltale=frozenset({"activated_on", "closed_on"}),
    telltales_needed=1,
    sheet_names=words("sites, site list, site status, ctms site"),
    why="Enrolment is read against the time for which sites were active, which only this list"
    " tells.",
    found_in=("CTMS site listing",),
)
