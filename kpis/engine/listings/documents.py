"""Trial master file documents and study milestones and deliverables."""

from dataclasses import replace

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import FUNCTION, YES_NO, choice, count, day, text
from kpis.engine.listings.common import COUNTRY, SITE, STUDY

TMF_DOCUMENTS = ListingType(
    name="tmf-documents",
    title="Trial master file documents",
    semantics="stock",
    columns=(
        STUDY,
        replace(COUNTRY, filled_from=None),
        replace(SITE, filled_from=None, required=False),
        text("document_id", "Document ID", "document id, document number", required=True),
        text("zone", "Zone", "zone, tmf zone, tmf section, section", required=True),
        text("artifact", "Artifact", "artifact, artefact, document type"),
        day("document_on", "Document Date", "document date, date of document"),
        day("expected_on", "Expected By", "expected by, expected date, edl due date"),
        day("filed_on", "Filed", "filed, filed on, filing date"),
        choice(
            "qc_result",
            "QC Result",
            "qc result, quality check, qc status",
            {
                "passed": "passed, pass, approved",
                "failed": "failed, fail, rejected",
                "pending": "pending, not checked, in review",
            },
        ),
        choice("first_pass", "Passed First Time", "passed first time, first pass", YES_NO),
        choice("priority", "Priority Document", "priority document, priority", YES_NO),
    ),
    key=("study", "document_id"),
    engine_order=("zone", "expected_on"),
    duplicates="refused",
    telltale=frozenset({"document_id", "zone", "artifact", "filed_on", "qc_result"}),
    telltales_needed=3,
    sheet_names=words("tmf, etmf, tmf documents, expected documents, edl"),
    why="The master file must tell the trial's story at any moment; it is filed in time or lost.",
    found_in=("eTMF expected document list",),
)
PHASES = {
    "1": "1, i, phase 1, phase i",
    "2": "2, ii, phase 2, phase ii",
    "3": "3, iii, phase 3, phase iii",
    "4": "4, iv, phase 4, phase iv",
}
MILESTONES = ListingType(
    name="study-milestones",
    title="Study milestones",
    semantics="stock",
    columns=(
        STUDY,
        replace(COUNTRY, filled_from=None),
        text("milestone", "Milestone", "milestone, milestone name", required=True),
        replace(
            choice("phase", "Study Phase", "study phase, phase, trial phase", PHASES), lenient=True
        ),
        day("begun_on", "Step Begun", "step begun, step begun on, begun, counted from"),
        day("baseline_on", "Baseline", "baseline, baseline date, original plan", required=True),
        text("baseline_version", "Baseline Version", "baseline version, plan version"),
        day("planned_on", "Current Plan", "current plan, current planned date, forecast, planned"),
        day("reached_on", "Actual", "actual, actual date, achieved on"),
        text("slip_reason", "Reason for Slip", "reason for slip, slip reason, comment"),
    ),
    key=words("study, country, milestone"),
    engine_order=("study", "baseline_on"),
    duplicates="refused",
    telltale=frozenset({"milestone", "baseline_on", "planned_on", "reached_on"}),
    telltales_needed=3,
    sheet_names=words("milestones, study milestones, timeline"),
    why="Dates kept against the first plan, not the newest one, show if a study is on its way.",
    found_in=("CTMS milestone report",),
)
DELIVERABLES = ListingType(
    name="deliverables",
    title="Deliverables",
    semantics="ledger",
    columns=(
        STUDY,
        FUNCTION,
        text(
            "deliverable",
            "Deliverable",
            "deliverable, deliverable id, deliverable name",
            required=True,
        ),
        text("deliverable_type", "Deliverable Type", "deliverable type, kind of deliverable"),
        day("due_on", "Agreed Date", "agreed date, due date, due", required=True),
        day("delivered_on", "Delivered", "delivered, delivered on, delivery date"),
        choice(
            "accepted_first_time",
            "Accepted First Time",
            "accepted first time, first time right, accepted without rework",
            YES_NO,
        ),
        count("review_cycles", "Review Cycles", "review cycles, drafts, number of drafts"),
    ),
    key=words("study, function, deliverable"),
    engine_order=("due_on",),
    duplicates="refused",
    telltale=frozenset({"deliverable", "delivered_on", "accepted_first_time", "review_cycles"}),
    telltales_needed=2,
    sheet_names=words("deliverables, deliverable tracker"),
    why="Reports, tables and submissions that come late or need rework hold up everybody behind"
    " them.",
    found_in=("Project plan, deliverable tracker",),
)
