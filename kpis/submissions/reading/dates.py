"""Cells to dates and times: by the forms listed here, day and month by the column's evidence.

Result dtype is datetime64[us] without time zone; a stated offset is converted to UTC.
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

ISO = (
    r"^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?$"
)
TIME = r"(?:[ T,]+(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?))?"
NAMED_MONTH = rf"^(\d{{1,2}})[ -/.]?([A-Za-z]{{3}})[A-Za-z]*[ -/.,]?\s?(\d{{4}}){TIME}$"
YEAR_FIRST = rf"^(\d{{4}})[/.](\d{{1,2}})[/.](\d{{1,2}}){TIME}$"
NUMERIC = rf"^(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}){TIME}$"
SERIAL = r"^\d{4,6}(?:[.,]\d+)?$"
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: f"{number:02d}" for number, name in enumerate(MONTH_NAMES, start=1)}
DAY = dt.timedelta(days=1)
EPOCH_1900, EPOCH_1904 = np.datetime64("1899-12-30", "us"), np.datetime64("1904-01-01", "us")
# 1955 to 2119 in the 1900 system: outside, a bare number is not taken for a day.
SERIAL_RANGE = (20_000, 80_000)


@dataclass(frozen=True)
class DateColumn:
    """Dates of one column and the masks of what was remarkable, all in row order."""

    values: pd.Series
    unreadable: pd.Series
    serial: pd.Series
    unclear: pd.Series
    mixed: pd.Series


def read_dates(cells: pd.Series, *, blank: pd.Series, epoch_1904: bool) -> DateColumn:
    """Convert `cells`; rows in `blank` become NaT and are never remarkable."""
    values = pd.Series(np.full(len(cells), np.datetime64("NaT"), "datetime64[us]"), cells.index)
    nothing = pd.Series(False, cells.index)
    native, numeric, text = _by_type(cells, blank)
    if native.any():
        values[native] = _native(cells[native])
    stripped = cells[text].astype(str).str.strip()
    values.update(_iso(stripped))
    values.update(_named_month(stripped))
    serial_numbers = pd.to_numeric(
        pd.concat([cells[numeric], stripped[stripped.str.match(SERIAL)].str.replace(",", ".")]),
        errors="coerce",
    )
    in_range = serial_numbers[serial_numbers.between(*SERIAL_RANGE)].sort_index()
    values.update(_from_serial(in_range, epoch_1904))
    serial = nothing.copy()
    serial[in_range.index] = True
    parsed, unclear_rows, mixed_rows = _day_or_month_first(stripped)
    values.update(parsed)
    unclear, mixed = nothing.copy(), nothing.copy()
    unclear[unclear_rows] = True
    mixed[mixed_rows] = True
    return DateColumn(values, values.isna() & ~blank & ~mixed, serial, unclear, mixed)


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


def _iso(texts: pd.Series) -> pd.Series:
    matching = texts[texts.str.match(ISO)].str.replace(",", ".")
    return _to_datetime(matching)


def _to_datetime(texts: pd.Series) -> pd.Series:
    parsed = pd.to_datetime(texts, format="ISO8601", errors="coerce", utc=True)
    return pd.Series(parsed.dt.tz_localize(None).astype("datetime64[us]").dropna())


def _named_month(texts: pd.Series) -> pd.Series:
    parts = texts.str.extract(NAMED_MONTH).dropna(subset=[0])
    months = parts[1].str.lower().map(MONTHS)
    parsed = _compose(parts[2], months.fillna("00"), parts[0], parts[3])
    years = texts.str.extract(YEAR_FIRST).dropna(subset=[0])
    return pd.Series(pd.concat([parsed, _compose(years[0], years[1], years[2], years[3])]))


def _compose(year: pd.Series, month: pd.Series, day: pd.Series, time: pd.Series) -> pd.Series:
    texts = year + "-" + month.str.zfill(2) + "-" + day.str.zfill(2)
    dates = _to_datetime(texts)
    times = time.reindex(dates.index).dropna()
    if times.empty:
        return dates
    clock = pd.to_datetime("2000-01-01 " + times, format="mixed", errors="coerce")
    offset = (clock - pd.Timestamp("2000-01-01")).reindex(dates.index)
    offset = offset.mask(offset.isna() & ~dates.index.isin(times.index), pd.Timedelta(0))
    return (dates + offset).astype("datetime64[us]").dropna()


def _from_serial(numbers: pd.Series, epoch_1904: bool) -> pd.Series:
    epoch = EPOCH_1904 if epoch_1904 else EPOCH_1900
    # Whole milliseconds: a day's fraction carries no more than that in a float.
    milliseconds = (numbers.astype(float) * 86_400_000).round().astype("int64")
    return pd.Series(epoch + milliseconds.to_numpy().astype("timedelta64[ms]"), numbers.index)


def _day_or_month_first(texts: pd.Series) -> tuple[pd.Series, pd.Index, pd.Index]:
    """Return dates such as 03/04/2025, rows whose order is unclear, rows that stay unread.

    A dot always puts the day first. Otherwise one value that fits only one order decides for
    the column; with evidence for both, rows that fit both are not read.
    """
    parts = texts.str.extract(NUMERIC).dropna(subset=[0])
    first, second = parts[0].astype(int), parts[2].astype(int)
    dotted = parts[1] == "."
    day_only, month_only = (first > 12) & ~dotted, (second > 12) & ~dotted
    either = ~day_only & ~month_only & ~dotted & (first != second)
    month_first = month_only.copy()
    none = parts.index[:0]
    unclear, mixed = none, none
    if day_only.any() and month_only.any():
        mixed = parts.index[either]
    elif month_only.any():
        month_first |= either
    elif not day_only.any():
        unclear = parts.index[either]
    day = parts[0].where(~month_first, parts[2])
    month = parts[2].where(~month_first, parts[0])
    dates = _compose(parts[3], month, day, parts[4])
    return dates.drop(mixed, errors="ignore"), unclear, mixed
