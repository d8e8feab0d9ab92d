"""Participants: one row each, as subject-level metrics or a subject list give them."""

from kpis.engine.listing import Column, ListingType, words
from kpis.engine.listings.common import (
    COUNTRY,
    ENROLMENT_NUMBER,
    PARTICIPANT,
    REGION,
    SITE,
    STUDY,
)

PARTICIPANTS = ListingType(
    name="participants",
    title="Participants",
    semantics="stock",
    columns=(
        STUDY,
        REGION,
        COUNTRY,
        SITE,
        PARTICIPANT,
        ENROLMENT_NUMBER,
        # Text, not a choice: every study has its own words (On Trial, Screening, Completed, …).
        Column(
            "subject_status",
            "Subject Status",
            "text",
            False,
            words("subject status source primary form, subject status, participant status"),
        ),
        Column(
            "enrolled_on",
            "Enrolment Date",
            "date",
            False,
            words("enrolment date, enrollment date, first participant date, randomisation date"),
        ),
        Column(
            "days_on_study",
            "Days on Study",
            "number",
            False,
            words("days on study, time on study"),
        ),
    ),
    key=("study", "participant"),
    engine_order=("site", "participant"),
    duplicates="refused",
    telltale=frozenset({"subject_status", "enrolled_on", "days_on_study", "enrolment_number"}),
    telltales_needed=1,
    foreign=words(
        "page name, form name, form, data page name, folder name, log, deviation date, days missing"
    ),
    plain=True,
    sheet_names=words("subject level metrics, subject list, subjects, participants, patients"),
    why="The list of participants is what deviations, queries and drop-outs are counted against,"
    " and says which site a participant belongs to.",
    found_in=("EDC metrics workbook, subject level", "EDC subject listing"),
)
