"""Serious adverse events and expedited reports: when known, received, due and submitted.

Numbers stand for cases and participants; nothing about a person is sent.
"""

from dataclasses import replace

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import choice, day, moment, text
from kpis.engine.listings.common import COUNTRY, PARTICIPANT, REGION, SITE, STUDY

CASE = text("case_id", "Case ID", "case id, case number, case no, safety case id", required=True)

SAE_TIMELINESS = ListingType(
    name="sae-timeliness",
    title="Timeliness of serious adverse events",
    semantics="ledger",
    columns=(
        STUDY,
        REGION,
        COUNTRY,
        SITE,
        replace(PARTICIPANT, required=False),
        CASE,
        moment(
            "aware_at",
            "Site Awareness",
            "site awareness, awareness date, aware date, date of awareness",
            required=True,
        ),
        moment(
            "received_at",
            "Received by Sponsor",
            "received by sponsor, received, date received, received date",
        ),
        choice(
            "on_time",
            "On Time",
            "on time, reported on time, within 24 h",
            {"yes": "yes, y", "no": "no, n"},
        ),
    ),
    key=("study", "case_id"),
    engine_order=("site", "aware_at"),
    duplicates="refused",
    telltale=frozenset({"case_id", "aware_at", "received_at"}),
    telltales_needed=3,
    foreign=("susar id",),
    sheet_names=words("sae, sae timeliness, serious adverse events, safety"),
    why="The sponsor must know of a serious event within a day to protect other participants.",
    found_in=("Safety database, case listing",),
)
CASE_PROCESSING = ListingType(
    name="case-processing",
    title="Processing of safety cases",
    semantics="ledger",
    columns=(
        STUDY,
        replace(COUNTRY, filled_from=None),
        CASE,
        choice(
            "case_type",
            "Case Type",
            "case type, kind of case",
            {"serious": "serious, sae", "non-serious": "non-serious, non serious, nonserious"},
        ),
        day("received_on", "Case Received", "case received, received, received on", required=True),
        day("due_on", "Processing Due", "processing due, due, due date"),
        day("processed_on", "Case Processed", "case processed, processed, processed on"),
        day("voided_on", "Case Voided", "case voided, voided, nullified"),
    ),
    key=("study", "case_id"),
    engine_order=("received_on",),
    duplicates="refused",
    telltale=frozenset({"case_id", "due_on", "processed_on", "voided_on"}),
    telltales_needed=3,
    foreign=words("recipient, submission due, awareness date, capa id"),
    sheet_names=words("case processing, pv cases, safety case processing"),
    why="A case that waits to be processed is not yet part of what is known about the medicine.",
    found_in=("Safety database, case workflow report",),
)
SUSAR_TIMELINESS = ListingType(
    name="susar-timeliness",
    title="Timeliness of expedited safety reports",
    semantics="ledger",
    columns=(
        STUDY,
        replace(COUNTRY, filled_from=None),
        CASE,
        text("recipient", "Recipient", "recipient, authority, submitted to", required=True),
        choice(
            "clock",
            "Reporting Clock",
            "reporting clock, timeline, expedited type",
            {"7-day": "7, 7-day, 7 days, 7 day", "15-day": "15, 15-day, 15 days, 15 day"},
        ),
        day("aware_on", "Day 0", "day 0, day zero, clock start, sponsor awareness"),
        day(
            "due_on",
            "Submission Due",
            "submission due, due date, submission due date",
            required=True,
        ),
        day("submitted_on", "Submitted", "submitted, submission date, date submitted"),
    ),
    key=words("study, case_id, recipient, due_on"),
    engine_order=("due_on",),
    duplicates="refused",
    telltale=frozenset({"recipient", "clock", "aware_on", "due_on"}),
    telltales_needed=3,
    foreign=("milestone", "deliverable", "capa id"),
    sheet_names=words("susar, susars, expedited reports, expedited reporting"),
    why="Unexpected serious reactions must reach the authorities within 7 or 15 days; the law names"
    " the sponsor.",
    found_in=("Safety database, submission tracker",),
)
