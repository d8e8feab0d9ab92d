"""Audits that took place, and what authorities found."""

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import FUNCTION, YES_NO, choice, day, text
from kpis.engine.listings.common import STUDY
from kpis.engine.listings.quality import OWN_COUNTRY

AUDITS = ListingType(
    name="audits",
    title="Audits held",
    semantics="ledger",
    columns=(
        STUDY,
        OWN_COUNTRY,
        FUNCTION,
        text("audit", "Audit", "audit, audit id, audit number", required=True),
        text("audit_scope", "Audit Scope", "audit scope, scope of audit, audit type"),
        day("audited_on", "Audit Date", "audit date, audited on, audit end", required=True),
        day("report_issued_on", "Audit Report Issued", "audit report issued, report issued"),
    ),
    key=("study", "audit"),
    engine_order=("audited_on",),
    duplicates="refused",
    telltale=frozenset({"audit", "audit_scope", "audited_on", "report_issued_on"}),
    telltales_needed=3,
    sheet_names=words("audits, audit plan, audits held"),
    why="Findings can only be compared per audit, and an audit without findings is in no listing"
    " of findings.",
    found_in=("Quality management system, audit plan",),
)
INSPECTION_FINDINGS = ListingType(
    name="inspection-findings",
    title="Findings of inspections",
    semantics="ledger",
    columns=(
        STUDY,
        OWN_COUNTRY,
        FUNCTION,
        text("inspection", "Inspection", "inspection, inspection id", required=True),
        text("authority", "Authority", "authority, inspecting authority, agency", required=True),
        text("finding_id", "Finding ID", "finding id, finding number", required=True),
        choice(
            "severity",
            "Finding Severity",
            "finding severity, severity, classification",
            {"critical": "critical", "major": "major", "minor": "minor, other, observation"},
            required=True,
        ),
        choice(
            "delegated",
            "Of A Delegated Duty",
            "of a delegated duty, delegated duty, attributable to cro",
            YES_NO,
            required=True,
        ),
        day("found_on", "Found", "found, found on, inspection end", required=True),
        day("closed_on", "Closed", "closed, closed on, date closed"),
    ),
    key=("inspection", "finding_id"),
    engine_order=("found_on",),
    duplicates="refused",
    telltale=frozenset({"inspection", "authority", "delegated"}),
    telltales_needed=2,
    sheet_names=words("inspection findings, inspections, authority findings"),
    why="What an authority finds in delegated work is held against the sponsor.",
    found_in=("Inspection log",),
)
