"""Sheets of files in a form of ours: they name their listing, and say what the file is about."""

from collections.abc import Sequence

from kpis.engine.tables import LISTINGS
from kpis.submissions.reading.headers import find_header
from kpis.submissions.reading.outcome import CutoffProposal
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.recognise import Recognised
from kpis.submissions.reading.stated import Stated

WHY = "the file itself names the listing"


def as_declared(one: Recognised) -> Recognised:
    """Take a sheet at its word, if it names a listing and has any of its columns."""
    listing = LISTINGS.get(one.sheet.declared)
    header = find_header(one.sheet, listing) if listing else None
    return one if header is None else Recognised(one.sheet, listing, header, WHY)


def stated_by(sheets: Sequence[RawSheet]) -> dict[int, Stated]:
    """Return what each file says of itself, by its number; files that say nothing are left out."""
    return {sheet.file: sheet.stated for sheet in sheets if sheet.stated is not None}


def stated_cutoff(sheets: Sequence[RawSheet]) -> CutoffProposal | None:
    """Return the latest cut-off date that a file states; None where none does."""
    days = [one.cutoff_date for one in stated_by(sheets).values() if one.cutoff_date is not None]
    if not days:
        return None
    return CutoffProposal(max(days), days.count(max(days)), len(days), "the file itself")
