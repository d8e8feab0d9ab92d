"""A raw sheet and its header to a typed table, with every problem at its cell."""

import difflib
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from pandas.api.types import pandas_dtype

from kpis.engine.tables import Column, ListingType
from kpis.submissions.reading import convert
from kpis.submissions.reading.dates import read_dates
from kpis.submissions.reading.headers import Header
from kpis.submissions.reading.problems import Problem, address, shorten
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.rows import data_rows


@dataclass(frozen=True)
class TypedSheet:
    """One sheet as a typed table: the listing's columns, then file, sheet and row."""

    sheet: RawSheet
    header: Header
    table: pd.DataFrame
    problems: tuple[Problem, ...]


def type_sheet(sheet: RawSheet, header: Header, listing: ListingType) -> TypedSheet:
    """Convert every column of the listing that the header has; others become blank."""
    texts = {
        name: (convert.as_marks if _holds_dates(listing, name) else convert.as_text)(
            sheet.frame[position].iloc[header.last + 1 :]
        )
        for name, position in header.positions.items()
    }
    body, problems = data_rows(sheet, header, listing, texts)
    values: dict[str, pd.Series] = {}
    for column in listing.columns:
        position = header.positions.get(column.name)
        if position is None:
            values[column.name] = _blank(column, body)
            continue
        cells = _Cells(sheet, header, column, position, texts[column.name].loc[body])
        values[column.name], found = cells.read()
        problems += found
    table = pd.DataFrame(values, index=body)
    table["file"] = np.int64(sheet.file)
    table["sheet"] = pd.Series(sheet.name, index=body, dtype="str")
    table["row"] = body.to_numpy(dtype="int64") + 1
    return TypedSheet(sheet, header, table.reset_index(drop=True), tuple(problems))


# What a report writes where a cell would have to hold more than one value.
SEVERAL = ("#MULTIVALUE",)

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


def _blank(column: Column, body: pd.Index) -> pd.Series:
    return pd.Series(pd.NA, index=body, dtype="object").astype(pandas_dtype(DTYPES[column.kind]))


@dataclass(frozen=True)
class _Cells:
    """The cells of one column on their way to values."""

    sheet: RawSheet
    header: Header
    column: Column
    position: int
    texts: pd.Series

    def read(self) -> tuple[pd.Series, list[Problem]]:
        """Return the values and all problems of this column."""
        odd, problems = self._odd()
        missing = convert.is_missing(self.texts, required=self.column.required)
        values, found = self._values(missing)
        problems += found
        if self.column.required:
            problems += self._at(
                missing & ~odd, "blank-required", "is blank. Every row needs it; fill it in."
            )
        return values, problems

    def _values(self, missing: pd.Series) -> tuple[pd.Series, list[Problem]]:
        kind = self.column.kind
        if kind == "choice":
            values, bad = convert.as_choices(self.texts, missing, self.column.choices)
            return values, self._unknown_choices(bad)
        if kind == "integer":
            values, bad = convert.as_integers(self.texts, missing)
            return values, self._at(bad, "not-a-number", "is not a whole number.")
        if kind == "number":
            values, bad = convert.as_numbers(self.texts, missing)
            return values, self._at(bad, "not-a-number", "is not a number.")
        if kind in {"date", "datetime"}:
            return self._dates(missing)
        values = self.texts.mask(missing)
        dashes = self.texts.isin(["-", "–", "—"]) & ~missing
        return values.mask(dashes), self._at(
            dashes, "blank-required", "stands for no value, but every row needs one; fill it in."
        )

    def _dates(self, missing: pd.Series) -> tuple[pd.Series, list[Problem]]:
        raw = self.sheet.frame[self.position].loc[self.texts.index]
        several = self.texts.isin(SEVERAL)
        dates = read_dates(raw, blank=missing | several, epoch_1904=self.sheet.epoch_1904)
        problems = self._once(
            several, "several-dates", "stands for several dates and was read as no date."
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
            "may have the day or the month first; no date of the column tells. They were read"
            " with the day first.",
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
        for value in self.texts[bad].unique():
            near = difflib.get_close_matches(str(value).casefold(), spellings, n=1)
            hint = f" Did you mean '{near[0].title()}'?" if near else ""
            problems += self._at(
                bad & (self.texts == value),
                "choice-left-out" if self.column.lenient else "unknown-choice",
                f"is not one of the words known here ({words}).{hint}"
                + (" It was left out." if self.column.lenient else ""),
            )
        return problems

    def _odd(self) -> tuple[pd.Series, list[Problem]]:
        """Return formulas without value and error cells, which the reader gives as blank."""
        rows = self.texts.index
        formulas = {row - 1 for row, place in self.sheet.odd.formulas if place == self.position}
        errors = {
            row - 1: value
            for (row, place), value in self.sheet.odd.errors.items()
            if place == self.position
        }
        is_formula = pd.Series(rows.isin(list(formulas)), rows)
        is_error = pd.Series(rows.isin(list(errors)), rows)
        problems = self._at(
            is_formula,
            "formula-without-value",
            "is a formula whose value was never stored. Open the file in Excel, let it"
            " calculate, save it, and send it again.",
        )
        for row in rows[is_error]:
            problems.append(
                self._problem(
                    row,
                    "error-left-out" if self.column.lenient else "error-cell",
                    errors[row],
                    "is an Excel error and was left out."
                    if self.column.lenient
                    else "is an Excel error. Repair it or type a value.",
                )
            )
        return is_formula | is_error, problems

    def _at(self, mask: pd.Series, rule: str, what: str) -> list[Problem]:
        return [
            self._problem(row, rule, value, what)
            for row, value in self.texts[mask.to_numpy(dtype=bool)].items()
        ]

    def _once(self, mask: pd.Series, rule: str, what: str) -> list[Problem]:
        places = self.texts[mask.to_numpy(dtype=bool)]
        if places.empty:
            return []
        first = self._problem(places.index[0], rule, places.iloc[0], what)
        more = f" So do {len(places) - 1:,} more cells of the column." if len(places) > 1 else ""
        return [replace(first, sentence=first.sentence + more)]

    def _problem(self, row: object, rule: str, value: object, what: str) -> Problem:
        number = int(str(row)) + 1
        title = shorten(self.header.titles[self.position])
        shown = shorten(value)
        quoted = f"'{shown}' in " if shown else ""
        return Problem(
            rule,
            f"{quoted}{title}, row {number}, {what}",
            file=self.sheet.file,
            sheet=self.sheet.name,
            row=number,
            column=title,
            cell=address(self.position, number),
            value=shown or None,
        )
