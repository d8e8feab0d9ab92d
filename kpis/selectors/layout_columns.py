"""One column of a layout as a form: where it may stand in the file, and how it may be read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kpis.engine.tables import Column
from kpis.submissions.reading.profile import ColumnReading
from kpis.submissions.reading.proposals import proposal
from kpis.submissions.reading.units import units_of


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
    def chosen(self) -> str:
        """Return the place in the file that is preset, '' for none."""
        return next(one.value for one in self.places if one.chosen)

    @property
    def found(self) -> bool:
        """Tell whether the file has the column."""
        return bool(self.chosen)

    @property
    def readable(self) -> bool:
        """Tell whether the page offers how the column is read."""
        return self.found or self.required


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
UNREAD = ColumnReading().as_json()


def column_form(place: int, column: Column, layout: Mapping[str, Any]) -> ColumnForm:
    """Return the form of one column for the sheet at `place`, preset with how it was read.

    A column that was not found is preset with a proposal, where there is one.
    """
    reading = layout["columns"].get(column.name, UNREAD)
    field, chosen = f"s{place}-{column.name}", reading["place"]
    proposed = proposal(column, layout) if chosen is None else None
    shown = chosen if proposed is None else proposed
    words = tuple(dict.fromkeys([*reading["spellings"], *layout["unknown"].get(column.name, [])]))
    is_date, is_number = column.kind in {"date", "datetime"}, column.kind == "number"
    return ColumnForm(
        field=field,
        title=column.title,
        required=column.required,
        places=choosable(
            [("", "not in the file"), *((str(n), t) for n, t in enumerate(layout["titles"]))],
            "" if shown is None else str(shown),
        ),
        samples=() if shown is None else tuple(layout["samples"][shown]),
        units=choosable([(unit, unit) for unit, _ in units_of(column)], reading["unit"]),
        orders=choosable(ORDERS, reading["date_order"]) if is_date else (),
        signs=choosable(SIGNS, reading["decimal_sign"]) if is_number else (),
        words=tuple(
            WordForm(
                field=f"{field}-word-{number}",
                word=word,
                meanings=choosable(
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


def choosable(pairs: Iterable[tuple[str, str]], chosen: str) -> tuple[Choosable, ...]:
    """Return (value, label) pairs as what may be chosen in a select."""
    return tuple(Choosable(value, label, value == chosen) for value, label in pairs)
