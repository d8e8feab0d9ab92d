"""Source data verification: one row for each page, verified or not."""

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import FOLDER, LOG_LINE, PAGE, VISIT_DATE, choice, day
from kpis.engine.listings.common import COUNTRY, PARTICIPANT, REGION, SITE, STUDY

SDV = ListingType(
    name="sdv",
    title="Source data verification by page",
    semantics="stock",
    columns=(
        STUDY,
        REGION,
        COUNTRY,
        SITE,
        PARTICIPANT,
        FOLDER,
        PAGE,
        LOG_LINE,
        VISIT_DATE,
        choice(
            "verification",
            "Verification Status",
            "verification status, sdv status, source verification, sdv",
            {
                # "Verifed" is how one widely used report writes it.
                "verified": "verified, verifed, complete, completed, sdv complete",
                "required": "require verification, requires verification, required, not verified,"
                " incomplete, pending",
                "not-required": "not required, no verification required",
            },
            required=True,
        ),
        day("verified_on", "Verified On", "verified on, verification date, sdv date"),
    ),
    key=words("site, participant, folder, page, log_line, visit_date, verification, verified_on"),
    engine_order=("site", "participant"),
    duplicates="counted",  # pages of one name in one visit are several pages
    telltale=frozenset({"page", "verification"}),
    telltales_needed=2,
    sheet_names=words("sdv, source data verification, sdv status, verification status"),
    why="Pages that nobody held against the source cannot be relied on yet; how many wait shows"
    " whether monitoring keeps up.",
    found_in=("EDC metrics workbook, source verification by page",),
)
