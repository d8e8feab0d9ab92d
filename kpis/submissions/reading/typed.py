"""A raw sheet and its header to a typed table, with every problem at its cell."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray
from pandas.api.types import pandas_dtype

from kpis.engine.tables import Column, ListingType
from kpis.submissions.reading import convert
from kpis.submissions.reading.cells import Cells, Mask, cells_of
from kpis.submissions.reading.coded import coded, one_text
from kpis.submissions.reading.dates import read_dates
from kpis.submissions.reading.headers import Header
from kpis.submissions.reading.numbers import read_numbers
from kpis.submissions.reading.problems import Problem, address, shorten
from kpis.submissions.reading.profile import ColumnReading
from kpis.submissions.reading.quick_dates import quick_dates
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.rows import data_rows
from kpis.submissions.reading.units import factor_of, percent_factor, unit_read


@dataclass(frozen=True)
class TypedSheet:
    """One sheet as a typed table: the listing's columns, then file, sheet and row.

    Texts that repeat are `coded`.
    """

    sheet: RawSheet
    header: Header
    table: pd.DataFrame
    problems: tuple[Problem, ...]


def type_sheet(
    sheet: RawSheet,
    header: Header,
    listing: ListingType,
    readings: Mapping[str, ColumnReading] | None = None,
) -> TypedSheet:
    """Convert every column of the listing that the header has; others become blank.

    `readings` say how columns are read, where a person confirmed it.
    """
    columns = {
        name: cells_of(sheet.frame[position], header.last + 1, dates=_holds_dates(listing, name))
        for name, position in header.positions.items()
    }
    kept, problems = data_rows(sheet, header, listing, columns)
    body = sheet.frame.index[header.last + 1 :][kept]
    values: dict[str, ExtensionArray] = {}
    for column in listing.columns:
        position = header.positions.get(column.name)
        if position is None:
            values[column.name] = _blank(column, len(body))
            continue
        kept_cells = columns.pop(column.name).kept(kept)
        reading = (readings or {}).get(column.name, ColumnReading())
        cells = _Column(sheet, header, column, position, kept_cells, reading)
        values[column.name], found = cells.read()
        problems += found
    table = pd.DataFrame(values)
    table["file"] = np.int64(sheet.file)
    table["sheet"] = one_text(sheet.name, len(body))
    table["row"] = body.to_numpy(dtype="int64") + 1
    return TypedSheet(sheet, header, table, tuple(problems))


# What a report writes where a cell would have to hold more than one value.
SEVERAL = ("#MULTIVALUE",)
# So many cells of one column are named one by one for one rule.
LISTED = 20_000

TEXTS = frozenset({"text", "choice"})
# What the columns of a table that is written out are.
DTYPES = {
    "text": "str",
    "choice": "str",
    "integer": "Int64",
    "number": "Float64",
    "date": "datetime64[us]",
    "datetime": "datetime64[us]",
}


def _holds_dates(listing: ListingType, name: str) -> bool:
    return listing.column(name).kind in {"date", "datetime"}


def _blank(column: Column, rows: int) -> ExtensionArray:
    if column.kind in TEXTS:
        return one_text(None, rows)
    return _repeated(pd.NA, DTYPES[column.kind], rows)


def _repeated(value: object, dtype: str, rows: int) -> ExtensionArray:
    return _array(pd.Series([value], dtype="object").astype(pandas_dtype(dtype))).take(
        np.zeros(rows, dtype=np.intp)
    )


def _array(values: pd.Series) -> ExtensionArray:
    return cast(ExtensionArray, values.array)


@dataclass(frozen=True)
class _Column:
    """The cells of one column on their way to values. Masks are of its distinct cells."""

    sheet: RawSheet
    header: Header
    column: Column
    position: int
    cells: Cells
    reading: ColumnReading

    def read(self) -> tuple[ExtensionArray, list[Problem]]:
        """Return the values and all problems of this column."""
        odd, problems = self._odd()
        missing = convert.is_missing(self.cells.texts, required=self.column.required)
        values, found = self._values(missing)
        problems += found
        if self.column.required:
            problems += self._at_rows(
                self.cells.where(missing) & ~odd,
                "blank-required",
                "is blank. Every row needs it; fill it in.",
            )
        if self.column.kind in TEXTS and self.cells.codes is not None:
            return coded(values, self.cells.codes), problems
        return self.cells.spread(_array(values)), problems

    def _values(self, missing: pd.Series) -> tuple[pd.Series, list[Problem]]:
        kind, texts = self.column.kind, self.cells.texts
        if kind == "choice":
            values, bad = convert.as_choices(texts, missing, self.reading.choices(self.column))
            return values, self._unknown_choices(bad)
        if kind == "integer":
            values, bad = convert.as_integers(texts, missing)
            return values, self._at(bad, "not-a-number", "is not a whole number.")
        if kind == "number":
            return self._numbers(missing)
        if kind in {"date", "datetime"}:
            return self._dates(missing)
        values = texts.mask(missing)
        dashes = texts.isin(["-", "–", "—"]) & ~missing
        return values.mask(dashes), self._at(
            dashes, "blank-required", "stands for no value, but every row needs one; fill it in."
        )

    def _numbers(self, missing: pd.Series) -> tuple[pd.Series, list[Problem]]:
        numbers, bad, unclear = read_numbers(self.cells.texts, missing, self.reading.decimal_sign)
        unit = unit_read(self.reading.unit, self.header.titles[self.position], self.column)
        problems = self._at(bad, "not-a-number", "is not a number.")
        problems += self._once(
            unclear,
            "number-unclear",
            "may be one number or a thousand times it; no cell of the column tells. Say on the"
            " page of this layout which sign begins its decimals.",
        )
        percents = self.cells.texts.str.endswith("%")
        factors = percents.map(
            {True: percent_factor(self.column), False: factor_of(unit, self.column)}
        )
        return numbers * factors.astype("Float64"), problems

    def _dates(self, missing: pd.Series) -> tuple[pd.Series, list[Problem]]:
        several = self.cells.texts.isin(SEVERAL)
        blank = missing | several
        problems = self._once(
            several, "several-dates", "stands for several dates and was read as no date."
        )
        dates = quick_dates(self.cells.distinct, blank=blank) or read_dates(
            self.cells.distinct,
            blank=blank,
            epoch_1904=self.sheet.epoch_1904,
            order=self.reading.date_order,
        )
        if self.column.lenient:
            problems += self._at(
                dates.unreadable, "date-left-out", "is no date of the calendar and was left out."
            )
        else:
            problems += self._at(
                dates.unreadable, "not-a-date", "cannot be read as a date. Write it as 2025-09-03."
            )
        problems += self._at(
            dates.mixed,
            "date-order-mixed",
            "can be read in two ways, and the column has dates with the day first as well as"
            " with the month first. Write all of them as 2025-09-03.",
        )
        problems += self._once(
            dates.unclear,
            "date-order-unclear",
            "may have the day or the month first; no date of the column tells. Say on the page"
            " of this layout which comes first.",
        )
        problems += self._once(
            dates.serial, "serial-dates", "is an Excel day number and was read as a date."
        )
        values = dates.values
        return (values.dt.normalize() if self.column.kind == "date" else values), problems

    def _unknown_choices(self, bad: pd.Series) -> list[Problem]:
        spellings = [word for choice in self.column.choices for word in choice.spellings]
        words = ", ".join(choice.spellings[0].title() for choice in self.column.choices)
        problems = []
        for value in self.cells.texts[bad].unique():
            near = difflib.get_close_matches(str(value).casefold(), spellings, n=1)
            hint = f" Did you mean '{near[0].title()}'?" if near else ""
            problems += self._at(
                bad & (self.cells.texts == value),
                "choice-left-out" if self.column.lenient else "unknown-choice",
                f"is not one of the words known here ({words}).{hint}"
                + (" It was left out." if self.column.lenient else ""),
            )
        return problems

    def _odd(self) -> tuple[Mask, list[Problem]]:
        """Return formulas without value and error cells, which the reader gives as blank."""
        rows = self.cells.rows
        if not (self.sheet.odd.formulas or self.sheet.odd.errors):
            return np.zeros(len(rows), dtype=bool), []
        formulas = [row - 1 for row, place in self.sheet.odd.formulas if place == self.position]
        errors = {
            row - 1: value
            for (row, place), value in self.sheet.odd.errors.items()
            if place == self.position
        }
        is_formula, is_error = rows.isin(formulas), rows.isin(list(errors))
        problems = self._at_rows(
            is_formula,
            "formula-without-value",
            "is a formula whose value was never stored. Open the file in Excel, let it"
            " calculate, save it, and send it again.",
        )
        problems += self._list(
            [(row, errors[row]) for row in rows[is_error].tolist()],
            "error-left-out" if self.column.lenient else "error-cell",
            "is an Excel error and was left out."
            if self.column.lenient
            else "is an Excel error. Repair it or type a value.",
        )
        return is_formula | is_error, problems

    def _at(self, mask: pd.Series, rule: str, what: str) -> list[Problem]:
        return self._at_rows(self.cells.where(mask), rule, what) if mask.any() else []

    def _at_rows(self, mask: Mask, rule: str, what: str) -> list[Problem]:
        return self._list(self._cells_at(mask), rule, what)

    def _once(self, mask: pd.Series, rule: str, what: str) -> list[Problem]:
        places = self._cells_at(self.cells.where(mask))
        if not places:
            return []
        first = self._problem(*places[0], rule, what)
        more = f" So do {len(places) - 1:,} more cells of the column." if len(places) > 1 else ""
        return [replace(first, sentence=first.sentence + more)]

    def _cells_at(self, mask: Mask) -> list[tuple[int, object]]:
        if not mask.any():
            return []
        texts = self.cells.texts_at(mask)
        return list(zip(self.cells.rows[mask].tolist(), texts.tolist(), strict=True))

    def _list(self, places: list[tuple[int, object]], rule: str, what: str) -> list[Problem]:
        """Return a problem for each cell; beyond LISTED one more stands for all the others."""
        problems = [self._problem(*place, rule, what) for place in places[:LISTED]]
        if len(places) > LISTED:
            rest = self._problem(*places[LISTED], rule, what)
            others = len(places) - LISTED - 1
            more = f" {others:,} more cells of this column are like it; they are not listed here."
            problems.append(
                replace(rest, sentence=rest.sentence + more, count=len(places) - LISTED)
            )
        return problems

    def _problem(self, row: int, value: object, rule: str, what: str) -> Problem:
        title = shorten(self.header.titles[self.position])
        shown = shorten(value)
        quoted = f"'{shown}' in " if shown else ""
        return Problem(
            rule,
            f"{quoted}{title}, row {row + 1}, {what}",
            file=self.sheet.file,
            sheet=self.sheet.name,
            row=row + 1,
            column=title,
            cell=address(self.position, row + 1),
            value=shown or None,
        )
