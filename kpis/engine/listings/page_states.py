"""Pages frozen or locked, and pages with entries that break a rule of the form."""

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import (
    FOLDER,
    LOG_LINE,
    PAGE,
    VISIT_DATE,
    choice,
    moment,
    people,
    text,
)
from kpis.engine.listings.common import COUNTRY, PARTICIPANT, REGION, SITE, STUDY

WHOSE = (STUDY, REGION, COUNTRY, SITE, PARTICIPANT)

PAGE_LOCKS = ListingType(
    name="page-locks",
    title="Freezes and locks of pages",
    semantics="stock",
    columns=(
        *WHOSE,
        FOLDER,
        PAGE,
        choice(
            "page_state",
            "Freeze",
            "freeze, unfreeze, lock and unlock, page state, freeze status, lock status",
            {
                "frozen": "freeze, frozen",
                "unfrozen": "unfreeze, unfrozen",
                "locked": "lock, locked",
                "unlocked": "unlock, unlocked",
            },
            required=True,
        ),
        people("changed_by", "Audit User", "audit user, locked by, frozen by"),
        VISIT_DATE,
    ),
    key=words("site, participant, folder, page, page_state, visit_date"),
    engine_order=("site", "participant"),
    duplicates="counted",
    telltale=frozenset({"page", "page_state"}),
    telltales_needed=2,
    sheet_names=words("crf freeze, crf unfreeze, crf locked, crf unlocked, freeze, lock"),
    why="Frozen and locked pages show how far the data are ready for analysis.",
    found_in=("EDC metrics workbook, freeze and lock sheets",),
)
NON_CONFORMANT = ListingType(
    name="non-conformant",
    title="Non-conformant entries",
    semantics="stock",
    columns=(
        *WHOSE,
        FOLDER,
        PAGE,
        LOG_LINE,
        text("field", "Field OID", "field oid, field, field name", required=True),
        moment("entered_at", "Audit Time", "audit time, entered at", required=True),
        VISIT_DATE,
    ),
    key=words("site, participant, folder, page, log_line, field, entered_at"),
    engine_order=("site", "participant"),
    duplicates="counted",
    telltale=frozenset({"field", "entered_at"}),
    telltales_needed=2,
    foreign=words("query status, audit action, query open date"),
    sheet_names=words("non conformant, non conformant data"),
    why="An entry that breaks a rule of its form cannot be analysed as it stands.",
    found_in=("EDC metrics workbook, non-conformant sheet",),
)
