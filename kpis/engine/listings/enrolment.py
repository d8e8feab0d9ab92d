"""Enrolment: one row for each participant screened, with what came of it."""

from kpis.engine.listing import Choice, Column, ListingType, words
from kpis.engine.listings.common import (
    COUNTRY,
    ENROLMENT_NUMBER,
    PARTICIPANT,
    REGION,
    SITE,
    STUDY,
)

ENROLMENT = ListingType(
    name="enrolment",
    title="Enrolment and screen failures",
    semantics="ledger",
    columns=(
        STUDY,
        REGION,
        COUNTRY,
        SITE,
        PARTICIPANT,
        ENROLMENT_NUMBER,
        Column(
            "outcome",
            "Enrolled",
            "choice",
            True,
            words(
                "enrolled, enroll yn, enrollment status, enrolment status, screening outcome, "
                "randomised, randomized"
            ),
            choices=(
                Choice("enrolled", words("y, yes, enrolled, randomised, randomized")),
                Choice(
                    "screen-failure",
                    words("n, no, screen failure, screen failed, screening failure, not enrolled"),
                ),
                Choice("in-screening", words("in screening, screening, pending")),
            ),
        ),
        Column(
            "decided_on",
            "Enrolment Date",
            "date",
            False,
            words(
                "enrolment date, enrollment date, enroll dt, randomisation date, "
                "randomization date, screen failure date, date enrolled"
            ),
        ),
        Column(
            "failure_reason",
            "Screen Failure Reason",
            "text",
            False,
            words("screen failure reason, sf reas, reason for screen failure, failure reason"),
        ),
    ),
    key=("study", "participant"),
    engine_order=("site", "participant"),
    duplicates="refused",
    telltale=frozenset({"outcome", "decided_on", "failure_reason"}),
    telltales_needed=2,
    sheet_names=words("enrolment, enrollment, screening, screening log, raw enroll"),
    why="Who was screened, enrolled or failed shows whether recruitment works and what screening"
    " costs.",
    found_in=("Randomisation system, subject listing", "Screening and enrolment log"),
)
