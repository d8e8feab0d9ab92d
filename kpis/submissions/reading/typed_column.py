"""The cells of one column to the values of their kind, with every problem at its cell."""

import difflib
from typing import cast

import pandas as pd
from pandas.api.extensions import ExtensionArray

from kpis.submissions.reading import convert
from kpis.submissions.reading.coded import coded
from kpis.submissions.reading.column_cells import ColumnCells
from kpis.submissions.reading.dates import read_dates
from kpis.submissions.reading.numbers import read_numbers
from kpis.submissions.reading.problems import Problem
from kpis.submissions.reading.profile import ColumnReading
from kpis.submissions.reading.quick_dates import quick_dates
from kpis.submissions.reading.units import factor_of, percent_factor, unit_read

# What a report writes where a cell would have to hold more than one value.
SEVERAL = ("#MULTIVALUE",)
TEXTS = frozenset({"text", "choice"})


def read_column(on: ColumnCells, reading: ColumnReading) -> tuple[ExtensionArray, list[Problem]]:
    """Return the values and all problems of a column; `reading` is what a person confirmed."""
    odd, problems = on.odd()
    missing = convert.is_missing(on.cells.texts, required=on.column.required)
    values, found = _values(on, reading, missing)
    problems += found
    if on.column.required:
        problems += on.at_rows(
            on.cells.where(missing) & ~odd,
            "blank-required",
            "is blank. Every row needs it; fill it in.",
        )
    if on.column.kind in TEXTS and on.cells.codes is not None:
        return coded(values, on.cells.codes), problems
    return on.cells.spread(cast(ExtensionArray, values.array)), problems


def _values(
    on: ColumnCells, reading: ColumnReading, missing: pd.Series
) -> tuple[pd.Series, list[Problem]]:
    kind, texts = on.column.kind, on.cells.texts
    if kind == "choice":
        values, bad = convert.as_choices(texts, missing, reading.choices(on.column))
        return values, _unknown_choices(on, bad)
    if kind == "integer":
        values, bad = convert.as_integers(texts, missing)
        return values, on.at(bad, "not-a-number", "is not a whole number.")
    if kind == "number":
        return _numbers(on, reading, missing)
    if kind in {"date", "datetime"}:
        return _dates(on, reading, missing)
    values = texts.mask(missing)
    dashes = texts.isin(["-", "–", "—"]) & ~missing
    return values.mask(dashes), on.at(
        dashes, "blank-required", "stands for no value, but every row needs one; fill it in."
    )


def _numbers(
    on: ColumnCells, reading: ColumnReading, missing: pd.Series
) -> tuple[pd.Series, list[Problem]]:
    numbers, bad, unclear = read_numbers(on.cells.texts, missing, reading.decimal_sign)
    unit = unit_read(reading.unit, on.header.titles[on.position], on.column)
    problems = on.at(bad, "not-a-number", "is not a number.")
    problems += on.once(
        unclear,
        "number-unclear",
        "may be one number or a thousand times it; no cell of the column tells. Say on the"
        " page of this layout which sign begins its decimals.",
    )
    percents = on.cells.texts.str.endswith("%")
    factors = percents.map({True: percent_factor(on.column), False: factor_of(unit, on.column)})
    return numbers * factors.astype("Float64"), problems


def _dates(
    on: ColumnCells, reading: ColumnReading, missing: pd.Series
) -> tuple[pd.Series, list[Problem]]:
    several = on.cells.texts.isin(SEVERAL)
    blank = missing | several
    problems = on.once(
        several, "several-dates", "stands for several dates and was read as no date."
    )
    dates = quick_dates(on.cells.distinct, blank=blank) or read_dates(
        on.cells.distinct,
        blank=blank,
        epoch_1904=on.sheet.epoch_1904,
        order=reading.date_order,
    )
    if on.column.lenient:
        problems += on.at(
            dates.unreadable, "date-left-out", "is no date of the calendar and was left out."
        )
    else:
        problems += on.at(
            dates.unreadable, "not-a-date", "cannot be read as a date. Write it as 2025-09-03."
        )
    problems += on.at(
        dates.mixed,
        "date-order-mixed",
        "can be read in two ways, and the column has dates with the day first as well as"
        " with the month first. Write all of them as 2025-09-03.",
    )
    problems += on.once(
        dates.unclear,
        "date-order-unclear",
        "may have the day or the month first; no date of the column tells. Say on the page"
        " of this layout which comes first.",
    )
    problems += on.once(
        dates.serial, "serial-dates", "is an Excel day number and was read as a date."
    )
    values = dates.values
    return (values.dt.normalize() if on.column.kind == "date" else values), problems


def _unknown_choices(on: ColumnCells, bad: pd.Series) -> list[Problem]:
    spellings = [word for choice in on.column.choices for word in choice.spellings]
    words = ", ".join(choice.spellings[0].title() for choice in on.column.choices)
    problems = []
    for value in on.cells.texts[bad].unique():
        near = difflib.get_close_matches(str(value).casefold(), spellings, n=1)
        hint = f" Did you mean '{near[0].title()}'?" if near else ""
        problems += on.at(
            bad & (on.cells.texts == value),
            "choice-left-out" if on.column.lenient else "unknown-choice",
            f"is not one of the words known here ({words}).{hint}"
            + (" It was left out." if on.column.lenient else ""),
        )
    return problems
