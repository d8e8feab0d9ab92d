"""Pages of the case report form: missing, entered, to be signed, inactivated."""

from dataclasses import replace

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import (
    DAYS,
    FOLDER,
    LOG_LINE,
    PAGE,
    VISIT_DATE,
    choice,
    day,
    moment,
    number,
    text,
)
from kpis.engine.listings.common import COUNTRY, PARTICIPANT, REGION, SITE, STUDY

WHOSE = (STUDY, REGION, COUNTRY, SITE, PARTICIPANT)
COUNTRY_OR_GROUP = replace(
    COUNTRY, synonyms=(*COUNTRY.synonyms, "site group name country name", "site group")
)

MISSING_PAGES = ListingType(
    name="missing-pages",
    title="Missing pages",
    semantics="stock",
    columns=(
        STUDY,
        REGION,
        COUNTRY_OR_GROUP,
        SITE,
        PARTICIPANT,
        FOLDER,
        PAGE,
        replace(
            choice(
                "page_level",
                "Form Details",
                "form details, form type summary or visit, form type, page type",
                {
                    "visit": "visit level, visit, visit page",
                    "summary": "summary page, summary, summary level",
                },
            ),
            lenient=True,
        ),
        VISIT_DATE,
        text("participant_status", "Subject Status", "subject status, overall subject status"),
        number(
            "days_missing",
            "# of Days Missing",
            "of days missing, days missing, no days page missing, days page missing,"
            " days outstanding page",
            unit=DAYS,
        ),
    ),
    key=words("site, participant, folder, page, page_level, visit_date, days_missing"),
    engine_order=("site", "participant"),
    duplicates="counted",
    telltale=frozenset({"page", "days_missing", "page_level"}),
    telltales_needed=2,
    foreign=words("verification status, query status, page require signature, audit action"),
    sheet_names=words("all pages missing, missing pages, missing page, global missing pages"),
    why="A page that is expected and not entered is data that nobody has seen; it is counted"
    " against the pages that were entered.",
    found_in=("EDC missing pages report",),
)
PAGE_ENTRY = ListingType(
    name="page-entry",
    title="Page entry",
    semantics="ledger",
    columns=(
        *WHOSE,
        FOLDER,
        PAGE,
        LOG_LINE,
        day("visit_date", "Visit Date", "visit date, date of visit", lenient=True),
        day("expected_on", "Expected On", "expected on, expected date, entry due date"),
        moment(
            "entered_at",
            "Entered",
            "entered, entered on, entry date, data entry date, first entry, page entered date",
        ),
    ),
    key=words("site, participant, folder, page, log_line, visit_date, entered_at"),
    engine_order=("site", "entered_at"),
    duplicates="counted",
    telltale=frozenset({"page", "entered_at", "expected_on"}),
    telltales_needed=2,
    foreign=words("verification status, page require signature, query status"),
    sheet_names=words("page entry, data entry, pages entered, crf entry"),
    why="How soon after a visit its pages are entered decides how early anybody can see a problem.",
    found_in=("EDC page status report with entry dates",),
)
PAGE_SIGNATURES = ListingType(
    name="page-signatures",
    title="Page signatures",
    semantics="stock",
    columns=(
        *WHOSE,
        FOLDER,
        PAGE,
        choice(
            "signature",
            "Page Require Signature",
            "page require signature, signature status, signature required, pi signature",
            {
                "never-signed": "yes - never signed, never signed, not signed",
                "broken": "yes - broken signature, broken signature, broken",
                "signed": "no, signed, no - signed",
            },
            required=True,
        ),
        text("audit_action", "Audit Action", "audit action"),
        VISIT_DATE,
        day(
            "pending_since",
            "Date page entered/ Date last PI Sign",
            "date page entered date last pi sign, date page entered, pending since date",
        ),
        number("days_pending", "No. of days", "no of days, days pending", unit=DAYS),
        text(
            "pending_group",
            "Pending since/ PI signed since",
            "pending since pi signed since, pending since, pending group",
        ),
    ),
    key=words("site, participant, folder, page, signature, visit_date, pending_since"),
    engine_order=("site", "participant"),
    duplicates="counted",
    telltale=frozenset({"page", "signature"}),
    telltales_needed=2,
    sheet_names=words("pi signature report, pi signature, page signatures, signatures"),
    why="An investigator's signature says that the data are right; pages without one cannot be"
    " locked.",
    found_in=("EDC metrics workbook, PI signature report",),
)
INACTIVATED = ListingType(
    name="inactivated-records",
    title="Inactivated forms and records",
    semantics="ledger",
    columns=(
        *WHOSE,
        FOLDER,
        PAGE,
        choice(
            "held_data",
            "Data on Form/Record",
            "data on form record, data on form, held data",
            {"yes": "y, yes", "no": "n, no"},
        ),
        LOG_LINE,
        text("audit_action", "Audit Action", "audit action, inactivation reason", required=True),
        moment("inactivated_at", "Inactivated", "inactivated, inactivated on, audit time"),
    ),
    key=words("site, participant, folder, page, log_line, held_data, audit_action, inactivated_at"),
    engine_order=("site", "participant"),
    duplicates="counted",
    telltale=frozenset({"held_data", "audit_action"}),
    telltales_needed=2,
    foreign=words("page require signature"),
    sheet_names=words(
        "inactivated forms, inactivated folders, inactivated records, inactivated forms folders"
    ),
    why="Entered data that were taken out again must be explainable, page by page.",
    found_in=("EDC inactivated forms, folders and records report",),
)
