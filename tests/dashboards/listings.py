"""Listings as a CRO would export them, small and regular, so that every figure can be told."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from studies.models import Study

Rows = Iterable[Sequence[object]]
PLACE = ("Study", "Country", "Site Number", "Subject Name")


def as_csv(header: Sequence[str], rows: Rows) -> bytes:
    """Write a file."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def people(study: Study, sites: dict[str, int]) -> list[tuple[str, ...]]:
    """Return study, country, site and participant; so many of each site."""
    return [
        (study.protocol_number, "FRA", site, f"{site}-{n:04}")
        for site, count in sites.items()
        for n in range(count)
    ]


def participants(study: Study, sites: dict[str, int], *, cutoff: date) -> bytes:
    """List the participants of each site."""
    rows = [(*one, "On Trial", cutoff.isoformat()) for one in people(study, sites)]
    return as_csv((*PLACE, "Subject Status", "Extracted"), rows)


def visits(study: Study, sites: dict[str, int], *, each: int, cutoff: date) -> bytes:
    """List so many visits of each participant, a week apart up to the cut-off."""
    rows = [
        (*one, f"Week {number}", (cutoff - timedelta(days=7 * number)).isoformat())
        for one in people(study, sites)
        for number in range(each)
    ]
    return as_csv((*PLACE, "Folder Name", "Visit date"), rows)


def deviations(
    study: Study, site: str, *, cutoff: date, confirmed: int, proposed: int = 0, unknown: int = 0
) -> bytes:
    """List deviations of the first participant of a site; `unknown` are of a person not listed."""
    place = (study.protocol_number, "FRA", site)
    sorts = [("PD Confirmed", "0000")] * confirmed + [("PD Proposed", "0000")] * proposed
    sorts += [("PD Confirmed", "9999")] * unknown
    rows = [
        (*place, f"{site}-{person}", "DV", number, status, cutoff.isoformat())
        for number, (status, person) in enumerate(sorts)
    ]
    return as_csv((*PLACE, "Data Page Name", "Log #", "PD Status", "Extracted"), rows)


def enrolment(study: Study, site: str, *, days: Sequence[date], failed: int, cutoff: date) -> bytes:
    """List participants enrolled on the days, and screen failures on the cut-off day."""
    place = (study.protocol_number, "FRA", site)
    rows = [
        (*place, f"{site}-{number:04}", "Y", day.isoformat()) for number, day in enumerate(days)
    ]
    rows += [(*place, f"{site}-F{n:03}", "N", cutoff.isoformat()) for n in range(failed)]
    return as_csv((*PLACE, "Enrolled", "Enrolment Date"), rows)


def sites(study: Study, activated: dict[str, date], *, cutoff: date) -> bytes:
    """List sites with the day each became active."""
    rows = [
        (study.protocol_number, "FRA", site, day.isoformat(), "", cutoff.isoformat())
        for site, day in activated.items()
    ]
    header = ("Study", "Country", "Site Number", "Site Activation Date", "Site Closure Date")
    return as_csv((*header, "Extracted"), rows)


def positions(*, filled_after: Sequence[int], open_for: Sequence[int], cutoff: date) -> bytes:
    """List requisitions: filled after so many days, or open for so many at the cut-off.

    All filled ones were approved 200 days before the cut-off, and needed by the cut-off.
    """
    approved = cutoff - timedelta(days=200)
    rows: list[Sequence[object]] = [
        (f"R-{n}", "Data manager", "FRA", approved, cutoff, approved + timedelta(days=days))
        for n, days in enumerate(filled_after)
    ]
    rows += [
        (f"O-{n}", "Data manager", "DEU", cutoff - timedelta(days=days), cutoff, "")
        for n, days in enumerate(open_for)
    ]
    header = ("Requisition", "Role", "Country", "Approved", "Needed By", "Started")
    return as_csv(header, rows)
