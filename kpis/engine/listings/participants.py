"""Participants: one row each, as subject-level metrics or a subject list give them."""

from dataclasses import replace

from kpis.engine.listing import Column, ListingType, words
from kpis.engine.listings.columns import choice, count
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
        # Studies have words of their own; one that is not known here is left out with a warning.
        replace(
            choice(
                "subject_status",
                "Subject Status",
                "subject status source primary form, subject status, participant status,"
                " overall subject status",
                {
                    "screening": "screening, in screening, screened",
                    "screen-failure": "screen failure, screen failed, screen fail",
                    "on-study": "on trial, on study, enrolled, randomised, randomized, active,"
                    " on treatment, ongoing, follow-up, in follow-up, survival follow-up",
                    "completed": "completed, study completed, complete",
                    "discontinued": "discontinued, withdrawn, early termination, terminated early,"
                    " lost to follow-up, dropped out",
                },
            ),
            lenient=True,
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
        count("pages_entered", "# Pages Entered", "pages entered, crfs entered, forms entered"),
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
    lacks=(
        ("EDC metrics workbook, subject level", ("enrolled_on", "days_on_study")),
        ("EDC subject listing", ("subject_status", "pages_entered")),
    ),
)
