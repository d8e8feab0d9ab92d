"""Audit findings, and corrective and preventive actions."""

from dataclasses import replace

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import FUNCTION, YES_NO, choice, day, people, text
from kpis.engine.listings.common import COUNTRY, SITE, STUDY

OWN_COUNTRY = replace(COUNTRY, filled_from=None)
OWN_SITE = replace(SITE, filled_from=None, required=False)

AUDIT_FINDINGS = ListingType(
    name="audit-findings",
    title="Audit findings",
    semantics="ledger",
    columns=(
        STUDY,
        OWN_COUNTRY,
        OWN_SITE,
        FUNCTION,
        text("audit", "Audit", "audit, audit id, audit number, inspection", required=True),
        text("finding_id", "Finding ID", "finding id, finding number, finding", required=True),
        choice(
            "severity",
            "Finding Severity",
            "finding severity, severity, classification, grade",
            {"critical": "critical", "major": "major", "minor": "minor, other, observation"},
            required=True,
        ),
        text("finding_category", "Finding Category", "finding category, category, area"),
        day("opened_on", "Opened", "opened, opened on, date of finding, issued", required=True),
        day("due_on", "Due", "due, due date, response due"),
        day("closed_on", "Closed", "closed, closed on, date closed"),
        text("repeat_of", "Repeat Of", "repeat of, repeats finding"),
    ),
    key=("audit", "finding_id"),
    engine_order=("opened_on",),
    duplicates="refused",
    telltale=frozenset({"audit", "finding_id", "severity", "repeat_of"}),
    telltales_needed=3,
    sheet_names=words("audit findings, audits, findings, inspection findings"),
    why="What audits found, how grave it is and whether it came again tells how well a CRO works.",
    found_in=("Quality management system, finding listing",),
)
CAPA = ListingType(
    name="capa",
    title="Corrective and preventive actions",
    semantics="ledger",
    columns=(
        STUDY,
        OWN_COUNTRY,
        FUNCTION,
        text("capa_id", "CAPA ID", "capa id, capa number, capa", required=True),
        text("finding_id", "Finding ID", "finding id, finding, source, source finding"),
        people("owner", "Owner", "owner, capa owner, responsible"),
        text("root_cause", "Root Cause", "root cause, cause"),
        day("opened_on", "Opened", "opened, opened on, capa opened", required=True),
        day("due_on", "Original Due", "original due, due, due date, original due date"),
        day("extended_to", "Extended To", "extended to, new due date, revised due date"),
        day("closed_on", "Closed", "closed, closed on, date closed"),
        choice("effective", "Effective", "effective, effectiveness check, effectiveness", YES_NO),
    ),
    key=("capa_id",),
    engine_order=("opened_on",),
    duplicates="refused",
    telltale=frozenset({"capa_id", "root_cause", "extended_to", "effective"}),
    telltales_needed=2,
    sheet_names=words("capa, capas, corrective actions"),
    why="An action closed after its first due date, or without effect, has not corrected anything.",
    found_in=("Quality management system, CAPA listing",),
)
