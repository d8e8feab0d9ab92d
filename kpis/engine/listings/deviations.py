"""Protocol deviations: cumulative, one row each; many exports have neither date nor severity."""

from dataclasses import replace

from kpis.engine.listing import Choice, Column, ListingType, words
from kpis.engine.listings.common import (
    COUNTRY,
    ENROLMENT_NUMBER,
    PARTICIPANT,
    REGION,
    SITE,
    STUDY,
)

DEVIATIONS = ListingType(
    name="deviations",
    title="Protocol deviations",
    semantics="ledger",
    columns=(
        STUDY,
        REGION,
        COUNTRY,
        SITE,
        replace(PARTICIPANT, filled_from="participants"),
        ENROLMENT_NUMBER,
        Column(
            "deviation_id",
            "Deviation ID",
            "text",
            False,
            words("deviation id, deviation number, deviation no, pd id, pd number"),
        ),
        Column("folder", "Folder Name", "text", False, words("folder name, folder, visit name")),
        Column(
            "form", "Data Page Name", "text", False, words("data page name, form, form name, page")
        ),
        Column("log_line", "Log #", "text", False, words("log, log number, log line, log no")),
        Column(
            "pd_status",
            "PD Status",
            "choice",
            False,
            words("pd status, deviation status"),
            choices=(
                Choice("confirmed", words("pd confirmed, confirmed")),
                Choice("proposed", words("pd proposed, proposed, under review")),
                Choice("rejected", words("pd rejected, rejected, not a deviation")),
            ),
        ),
        Column(
            "importance",
            "Deemed Important",
            "choice",
            False,
            words(
                "deemed important, important, important deviation, importance, "
                "deviation importance, pd importance, deviation severity, severity"
            ),
            choices=(
                Choice("important", words("yes, y, important, major, critical")),
                Choice("not-important", words("no, n, not important, non-important, minor")),
            ),
        ),
        Column(
            "deviation_category",
            "Deviation Category",
            "text",
            False,
            words("deviation category, company category, pd category, deviation type"),
        ),
        # The visit's date is none of these: it says when the visit was, not when it went wrong.
        Column(
            "deviation_date",
            "Deviation Date",
            "date",
            False,
            words("deviation date, date of deviation, pd date, deviation start date"),
        ),
        Column(
            "detected_on",
            "Date Detected",
            "date",
            False,
            words("date detected, detected on, date identified, date of awareness"),
        ),
        Column(
            "resolved_on",
            "Date Resolved",
            "date",
            False,
            words("date resolved, deviation closed, deviation closure date, resolution date"),
        ),
    ),
    key=words(
        "site, participant, enrolment_number, deviation_id, folder, form, log_line, pd_status, "
        "importance, deviation_category, deviation_date"
    ),
    engine_order=("site", "participant"),
    duplicates="counted",
    telltale=frozenset(
        {"pd_status", "importance", "deviation_id", "deviation_category", "deviation_date"}
    ),
    telltales_needed=1,
    sheet_names=words("protocol deviations, protocol deviation, deviations, prot dev, pd"),
    why="Departures from the protocol endanger participants and conclusions; their number is read"
    " against visits and participants.",
    found_in=("EDC protocol deviation listing", "CTMS deviation log"),
    lacks=(
        (
            "EDC protocol deviation listing",
            ("importance", "deviation_category", "deviation_date", "detected_on", "resolved_on"),
        ),
        ("CTMS deviation log", ("pd_status", "detected_on", "resolved_on")),
    ),
)
