"""Data queries, as the query report of an EDC system lists them."""

from kpis.engine.listing import Choice, Column, ListingType, words
from kpis.engine.listings.common import COUNTRY, PARTICIPANT, REGION, SITE, STUDY

QUERIES = ListingType(
    name="queries",
    title="Data queries",
    semantics="stock",
    columns=(
        STUDY,
        REGION,
        COUNTRY,
        SITE,
        PARTICIPANT,
        Column(
            "folder",
            "Folder Name",
            "text",
            False,
            ("folder name", "folder", "folder oid", "visit name", "visit", "event name", "event"),
        ),
        Column(
            "form",
            "Form",
            "text",
            False,
            ("form", "form name", "form oid", "crf", "crf name", "page name", "page"),
        ),
        Column(
            "field",
            "Field OID",
            "text",
            False,
            ("field oid", "field", "field name", "item oid", "item", "item name", "variable"),
        ),
        Column(
            "log_line",
            "Log #",
            "text",
            False,
            ("log", "log number", "log line", "log no", "record position", "record number"),
        ),
        Column(
            "state",
            "Query Status",
            "choice",
            True,
            ("query status", "query state", "status of query", "status", "state"),
            choices=(
                Choice("open", ("open", "opened", "new", "reopened", "re-opened")),
                Choice("answered", ("answered", "responded")),
                Choice("closed", ("closed", "resolved", "cancelled", "canceled")),
            ),
        ),
        Column("action_owner", "Action Owner", "text", False, ("action owner", "owner")),
        Column(
            "marking_group",
            "Marking Group Name",
            "text",
            False,
            ("marking group name", "marking group", "query group", "query type"),
        ),
        Column(
            "opened_at",
            "Query Open Date",
            "datetime",
            True,
            words(
                "query open date, query opened date, query opened, open date, opened date, "
                "opened on, opened at, opened, date opened, query created date, query "
                "creation date, creation date, created date, date created, created on, "
                "created"
            ),
        ),
        Column(
            "answered_at",
            "Query Response Date",
            "datetime",
            False,
            words(
                "query response date, response date, query answered date, answered date, "
                "answer date, answered on, answered at, date answered, answered"
            ),
        ),
        Column(
            "closed_at",
            "Query Close Date",
            "datetime",
            False,
            words(
                "query close date, query closed date, close date, closed date, closed on, "
                "closed at, date closed, closed, resolved date, resolution date, date "
                "resolved, resolved"
            ),
        ),
        Column(
            "times_reopened",
            "Times Re-opened",
            "integer",
            False,
            words("times re-opened, times reopened, reopen count, re-open count, requery count"),
        ),
        Column(
            "reported_age",
            "# Days Since Open",
            "integer",
            False,
            words(
                "days since open, days since opened, days open, query age days, query age, "
                "age in days, age days, age"
            ),
        ),
        Column(
            "extracted_on",
            "Data Extraction Date",
            "date",
            False,
            words(
                "data extraction date, extraction date, extract date, data cut off date, cut "
                "off date, report date"
            ),
        ),
    ),
    key=words("site, participant, folder, form, field, log_line, marking_group, opened_at"),
    engine_order=("site", "opened_at"),
    duplicates="refused",
    telltale=frozenset(
        {"state", "opened_at", "answered_at", "marking_group", "field", "log_line", "reported_age"}
    ),
    telltales_needed=3,
    plain=True,
    sheet_names=words("query report cumulative, query report, query detail, queries, query"),
    why="A data point with an open query cannot be relied on; age and number of queries show how"
    " quickly sites and data managers settle them.",
    found_in=("EDC query report (cumulative)", "EDC query detail listing"),
    lacks=(
        ("EDC query report (cumulative)", ("closed_at", "times_reopened")),
        ("EDC query detail listing", ("times_reopened",)),
    ),
)
