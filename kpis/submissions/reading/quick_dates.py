"""Columns whose dates are all of the plain kinds, in one go; `dates` reads all the others.

Plain are Excel's own dates, and text such as 2025-09-03 or 2025-09-03 14:58:04.
"""

import datetime as dt

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from kpis.submissions.reading.dates import DateColumn
from kpis.submissions.reading.plain_dates import all_plain

PLAIN = r"^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?$"
MICROSECONDS = pa.timestamp("us")


def quick_dates(cells: pd.Series, *, blank: pd.Series) -> DateColumn | None:
    """Return the dates of distinct cells; None unless every one that is not blank is plain."""
    filled = cells[~blank] if blank.any() else cells
    found = _texts(filled) if isinstance(cells.dtype, pd.StringDtype) else _natives(filled)
    if found is None:
        return None
    values = pd.Series(found.to_pandas().to_numpy(), filled.index, dtype="datetime64[us]")
    nothing = pd.Series(False, cells.index)
    return DateColumn(values.reindex(cells.index), nothing, nothing, nothing, nothing)


def _natives(cells: pd.Series) -> pa.Array | None:
    listed = cells.tolist()
    kinds = set(map(type, listed))
    if not kinds <= {dt.datetime, dt.date}:
        return None
    if dt.date in kinds:  # as a midnight comes out of a workbook
        midnight = dt.time()
        listed = [
            dt.datetime.combine(cell, midnight) if type(cell) is dt.date else cell
            for cell in listed
        ]
    return pa.array(listed, MICROSECONDS)


def _texts(cells: pd.Series) -> pa.Array | None:
    found = pa.Array.from_pandas(cells)
    texts = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    if not all_plain(cells):
        texts = pc.utf8_trim_whitespace(texts)
        if not pc.all(pc.match_substring_regex(texts, PLAIN), min_count=0).as_py():
            return None
    try:
        return pc.cast(texts, MICROSECONDS)
    except pa.ArrowInvalid:  # such as 30 February
        return None
