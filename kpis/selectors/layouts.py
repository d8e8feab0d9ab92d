"""How the sheets of a submission were read, as the page shows it on which that is confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kpis.engine.tables import LISTINGS, Column
from kpis.models import SourceProfile, Submission
from kpis.submissions.profiles import CHANGEABLE, known_layouts, state_of
from kpis.submissions.reading.proposals import proposal
from kpis.submissions.reading.units import units_of
from vendors.access import Permission, permissions_of


@dataclass(frozen=True)
class Choosable:
    """One thing that may be chosen in a select."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class WordForm:
    """A word of the file that was no choice of ours, and what it may mean."""

    field: str
    word: str
    meanings: tuple[Choosable, ...]


@dataclass(frozen=True)
class ColumnForm:
    """One column of ours: where it may stand in the file, and how it is read."""

    field: str
    title: str
    required: bool
    places: tuple[Choosable, ...]
    samples: tuple[str, ...]
    units: tuple[Choosable, ...]
    orders: tuple[Choosable, ...]
    signs: tuple[Choosable, ...]
    words: tuple[WordForm, ...]
    proposed: bool
    asked: bool

    @property
    def found(self) -> bool:
        """Tell whether the file has the column."""
        return not self.places[0].chosen

    @property
    def readable(self) -> bool:
        """Tell whether the page offers how the column is read."""
        return self.found or self.required


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


@dataclass(frozen=True)
class LayoutsPage:
    """All sheets of a submission that were read, and whether the reader may confirm them."""

    check_id: int
    sheets: tuple[SheetForm, ...]
    may_confirm: bool

    @property
    def open(self) -> int:
        """Return how many layouts nobody confirmed."""
        return sum(not sheet.settled for sheet in self.sheets)


ORDERS = (
    ("", "As its own dates tell"),
    ("day-first", "Day first: 03/04 is 3 April"),
    ("month-first", "Month first: 03/04 is 4 March"),
)
SIGNS = (
    ("", "As its own numbers tell"),
    ("point", "1,234.5: a point begins the decimals"),
    ("comma", "1.234,5: a comma begins the decimals"),
)
STATES = {
    "known": "Known layout, read as it was confirmed.",
    "ours": "These are our own titles; nothing needs confirming.",
    "new": "This layout is new. Look whether each column is the right one, and confirm.",
    "changed": "The layout changed since it was confirmed.",
}


def layouts_page(*, user: Any, submission: Submission) -> LayoutsPage | None:
    """Return how each sheet of the newest check was read; None while nothing was checked."""
    check = submission.checks.last()
    if check is None:
        return None
    known = known_layouts(check, submission.engagement.vendor_id)
    names = dict(submission.files.values_list("pk", "name"))
    files = [names.get(pk, "") for pk in check.file_ids]
    allowed = permissions_of(user, submission)
    sheets = tuple(
        _sheet(place, sheet, files[sheet["file"]], known.get(place))
        for place, sheet in enumerate(check.sheets)
        if sheet.get("layout")
    )
    may = Permission.UPLOAD in allowed and submission.state in CHANGEABLE
    return LayoutsPage(check_id=check.pk, sheets=sheets, may_confirm=may and bool(sheets))


def _sheet(
    place: int, sheet: Mapping[str, Any], file: str, profile: SourceProfile | None
) -> SheetForm:
    layout, listing = sheet["layout"], LISTINGS[sheet["listing"]]
    state = state_of(sheet, profile)
    used = {reading["place"] for reading in layout["columns"].values()}
    columns = [_column(place, column, layout) for column in listing.columns]
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
        unused=tuple(t for number, t in enumerate(layout["titles"]) if number not in used),
        profile=profile,
    )


def _column(place: int, column: Column, layout: Mapping[str, Any]) -> ColumnForm:
    reading = layout["columns"][column.name]
    field, chosen = f"s{place}-{column.name}", reading["place"]
    proposed = proposal(column, layout) if chosen is None else None
    shown = chosen if proposed is None else proposed
    words = tuple(dict.fromkeys([*reading["spellings"], *layout["unknown"].get(column.name, [])]))
    is_date, is_number = column.kind in {"date", "datetime"}, column.kind == "number"
    return ColumnForm(
        field=field,
        title=column.title,
        required=column.required,
        places=_choices(
            [("", "not in the file"), *((str(n), t) for n, t in enumerate(layout["titles"]))],
            "" if shown is None else str(shown),
        ),
        samples=() if shown is None else tuple(layout["samples"][shown]),
        units=_choices([(unit, unit) for unit, _ in units_of(column)], reading["unit"]),
        orders=_choices(ORDERS, reading["date_order"]) if is_date else (),
        signs=_choices(SIGNS, reading["decimal_sign"]) if is_number else (),
        words=tuple(
            WordForm(
                field=f"{field}-word-{number}",
                word=word,
                meanings=_choices(
                    [
                        ("", "none of these: an error"),
                        *((one.value, one.spellings[0].capitalize()) for one in column.choices),
                    ],
                    reading["spellings"].get(word, ""),
                ),
            )
            for number, word in enumerate(words)
        ),
        proposed=proposed is not None,
        asked=column.name in layout["unclear"] or column.name in layout["unknown"],
    )


def _choices(pairs: Any, chosen: str) -> tuple[Choosable, ...]:
    return tuple(Choosable(value, label, value == chosen) for value, label in pairs)
