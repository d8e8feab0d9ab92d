"""How the sheets of a submission were read, as the page shows it on which that is confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kpis.engine.tables import LISTINGS
from kpis.models import SourceProfile, Submission
from kpis.selectors.layout_columns import Choosable, ColumnForm, choosable, column_form
from kpis.submissions.profiles import CHANGEABLE, known_layouts, state_of
from vendors.access import Permission, permissions_of


@dataclass(frozen=True)
class SheetForm:
    """One sheet of one file as it was read; `state` is said in words."""

    place: int
    file: str
    sheet: str
    listing: str
    rows: int
    why: str
    state: str
    settled: bool
    changes: tuple[str, ...]
    columns: tuple[ColumnForm, ...]
    unused: tuple[str, ...]
    profile: SourceProfile | None
    said_to_be: str = ""


@dataclass(frozen=True)
class UnknownSheet:
    """A sheet that was taken for no listing, and for which somebody may say what it is."""

    place: int
    file: str
    sheet: str
    why: str
    listings: tuple[Choosable, ...]


@dataclass(frozen=True)
class LayoutsPage:
    """All sheets of a submission that were read, and whether the reader may confirm them."""

    check_id: int
    sheets: tuple[SheetForm, ...]
    unknown: tuple[UnknownSheet, ...]
    may_confirm: bool

    @property
    def open(self) -> int:
        """Return how many layouts nobody confirmed."""
        return sum(not sheet.settled for sheet in self.sheets)


STATES = {
    "known": "Known layout, read as it was confirmed.",
    "ours": "These are our own titles; nothing needs confirming.",
    "new": "This layout is new. Look whether each column is the right one, and confirm.",
    "unrecognised": "You say what this sheet is. Say which column is which, and confirm.",
    "changed": "The layout changed since it was confirmed.",
}


def layouts_page(
    *, user: Any, submission: Submission, said: Mapping[str, str]
) -> LayoutsPage | None:
    """Return how each sheet of the newest check was read; None while nothing was checked.

    `said` gives by field the listing that somebody says an unrecognised sheet is.
    """
    check = submission.checks.last()
    if check is None:
        return None
    known = known_layouts(check, submission.engagement.vendor_id)
    names = dict(submission.files.values_list("pk", "name"))
    files = [names.get(pk, "") for pk in check.file_ids]
    allowed = permissions_of(user, submission)
    sheets: list[SheetForm] = []
    unknown: list[UnknownSheet] = []
    for place, sheet in enumerate(check.sheets):
        named = said.get(f"s{place}-listing", "")
        if not sheet.get("layout"):
            continue
        if sheet["listing"]:
            sheets.append(_sheet(place, sheet, files[sheet["file"]], known.get(place)))
        elif named in LISTINGS:
            taken = {**sheet, "listing": named}
            form = _sheet(place, taken, files[sheet["file"]], None)
            sheets.append(replace(form, said_to_be=named))
        else:
            unknown.append(_unknown(place, sheet, files[sheet["file"]]))
    may = Permission.UPLOAD in allowed and submission.state in CHANGEABLE
    return LayoutsPage(
        check_id=check.pk,
        sheets=tuple(sheets),
        unknown=tuple(unknown) if may else (),
        may_confirm=may and bool(sheets),
    )


def _unknown(place: int, sheet: Mapping[str, Any], file: str) -> UnknownSheet:
    listings = sorted((one.title, one.name) for one in LISTINGS.values())
    return UnknownSheet(
        place=place,
        file=file,
        sheet=sheet["sheet"],
        why=sheet["reason"],
        listings=choosable([("", "none, leave it"), *((n, t) for t, n in listings)], ""),
    )


def _sheet(
    place: int, sheet: Mapping[str, Any], file: str, profile: SourceProfile | None
) -> SheetForm:
    layout, listing = sheet["layout"], LISTINGS[sheet["listing"]]
    state = state_of(sheet, profile)
    columns = [column_form(place, column, layout) for column in listing.columns]
    used = {column.chosen for column in columns}
    return SheetForm(
        place=place,
        file=file,
        sheet=sheet["sheet"],
        listing=listing.title,
        rows=sheet["rows"],
        why=sheet["reason"],
        state=STATES[state],
        settled=state in {"known", "ours"},
        changes=tuple(layout["changes"]) if state == "changed" else (),
        columns=tuple(sorted(columns, key=lambda one: not (one.found or one.required))),
        unused=tuple(t for number, t in enumerate(layout["titles"]) if str(number) not in used),
        profile=profile,
    )
