"""Cells to dates and times: by forms of one meaning, day and month by the column's evidence.

The forms are in `date_forms`. Result dtype is datetime64[us] without time zone.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from kpis.submissions.reading.date_forms import compose, numeric_parts, of_one_meaning

Order = Literal["", "day-first", "month-first"]

SERIAL = r"^\d{4,6}(?:[.,]\d+)?$"
EPOCH_1900, EPOCH_1904 = np.datetime64("1899-12-30", "us"), np.datetime64("1904-01-01", "us")
# 1955 to 2119 in the 1900 system: outside, a bare number is not taken for a day.
SERIAL_RANGE = (20_000, 80_000)


@dataclass(frozen=True)
class DateColumn:
    """Dates of one column and the masks of what was remarkable, all in row order.

    `unclear` and `mixed` rows have no date: which number is the day must be said by a person.
    """

    values: pd.Series
    unreadable: pd.Series
    serial: pd.Series
    unclear: pd.Series
    mixed: pd.Series


def read_dates(
    cells: pd.Series, *, blank: pd.Series, epoch_1904: bool, order: Order = ""
) -> DateColumn:
    """Convert `cells`; rows in `blank` become NaT and are never remarkable.

    `order` is what a person confirmed for dates such as 03/04/2025; without it the column's own
    dates decide, and where none does, nobody guesses.
    """
    values = pd.Series(np.full(len(cells), np.datetime64("NaT"), "datetime64[us]"), cells.index)
    serial, unclear, mixed = (pd.Series(False, cells.index) for _ in range(3))
    native, numeric, text = _by_type(cells, blank)
    if native.any():
        values[native] = _native(cells[native])
    stripped = cells[text].astype(str).str.strip()
    parsed, unclear_rows, mixed_rows = _texts(stripped, order)
    values.update(parsed)
    unclear[unclear_rows] = True
    mixed[mixed_rows] = True
    bare = stripped[stripped.str.match(SERIAL)].str.replace(",", ".")
    numbers = pd.to_numeric(pd.concat([cells[numeric], bare]), errors="coerce")
    in_range = numbers[numbers.between(*SERIAL_RANGE)].sort_index()
    values.update(_from_serial(in_range, epoch_1904))
    serial[in_range.index] = True
    unreadable = values.isna() & ~blank & ~mixed & ~unclear
    return DateColumn(values, unreadable, serial, unclear, mixed)


def _by_type(cells: pd.Series, blank: pd.Series) -> tuple[pd.Series, pd.Series, pd.Series]:
    if isinstance(cells.dtype, pd.StringDtype):
        nothing = pd.Series(False, cells.index)
        return nothing, nothing, ~blank
    kinds = cells.map(type)
    native = kinds.isin([dt.datetime, dt.date]) & ~blank
    numeric = kinds.isin([int, float]) & ~blank
    return native, numeric, kinds.isin([str]) & ~blank


def _native(cells: pd.Series) -> pd.Series:
    return pd.Series(np.array(cells.to_list(), dtype="datetime64[us]"), cells.index)


def _from_serial(numbers: pd.Series, epoch_1904: bool) -> pd.Series:
    epoch = EPOCH_1904 if epoch_1904 else EPOCH_1900
    # Whole milliseconds: a day's fraction carries no more than that in a float.
    milliseconds = (numbers.astype(float) * 86_400_000).round().astype("int64")
    return pd.Series(epoch + milliseconds.to_numpy().astype("timedelta64[ms]"), numbers.index)


def _texts(texts: pd.Series, order: Order) -> tuple[pd.Series, pd.Index, pd.Index]:
    known = of_one_meaning(texts)
    ordered, unclear, mixed = _day_or_month_first(texts.drop(known.index), order)
    return pd.Series(pd.concat([known, ordered])), unclear, mixed


def _day_or_month_first(texts: pd.Series, order: Order) -> tuple[pd.Series, pd.Index, pd.Index]:
    """Return dates such as 03/04/2025, texts whose order nobody knows, and contradictory ones.

    A dot always puts the day first. Otherwise one value that fits only one order decides for
    the column; with evidence for both, values that fit both are not read.
    """
    parts = numeric_parts(texts)
    first, second = parts[0].astype(int), parts[2].astype(int)
    dotted = parts[1] == "."
    day_only, month_only = (first > 12) & ~dotted, (second > 12) & ~dotted
    either = ~day_only & ~month_only & ~dotted & (first != second)
    month_first = month_only.copy()
    none = parts.index[:0]
    unclear, mixed = none, none
    if order:
        month_first = pd.Series(order == "month-first", parts.index) & ~dotted
        mixed = parts.index[day_only if order == "month-first" else month_only]
    elif day_only.any() and month_only.any():
        mixed = parts.index[either]
    elif month_only.any():
        month_first |= either
    elif not day_only.any():
        unclear = parts.index[either]
    day = parts[0].where(~month_first, parts[2])
    month = parts[2].where(~month_first, parts[0])
    dates = compose(parts[3], month, day, parts[4])
    return dates.drop([*mixed, *unclear], errors="ignore"), unclear, mixed
