"""Whether the cells under a title look like what a column holds. A sample of rows, no conversion.

Cheap on purpose: it only helps to tell listings apart. What a cell really is, `typed` decides.
"""

import datetime as dt
import re
from collections.abc import Sequence

from kpis.engine.tables import MISSING_TOKENS, Column
from kpis.submissions.reading.raw import RawSheet

SAMPLE_ROWS = 60
MONTH = r"[^\W\d_]{3,10}\.?"
DATE = re.compile(
    rf"^(?:\d{{4}}[-/. ]?(?:\d{{1,2}}|{MONTH})[-/. ]?\d{{1,2}}"
    rf"|\d{{1,2}}[-/. ]?(?:\d{{1,2}}|{MONTH})[-/. ,]*\d{{2,4}}"
    rf"|{MONTH}[ ./-]*\d{{1,2}}[ ,./-]+\d{{4}})(?:$|[ T:,])"
)
NUMBER = re.compile(r"^[+-]?\d[\d., ]*%?$")
SERIALS = (20_000, 80_000)


def sample(sheet: RawSheet, first: int, position: int) -> list[object]:
    """Return the filled cells of one column from up to 60 rows, spread over the whole sheet."""
    last = len(sheet.frame)
    step = max((last - first) // SAMPLE_ROWS, 1)
    cells = sheet.frame.iloc[first:last:step, position].tolist()[: SAMPLE_ROWS + 1]
    return [cell for cell in cells if cell == cell and str(cell).strip() not in MISSING_TOKENS]


def fit(cells: Sequence[object], column: Column) -> float | None:
    """Return which share of `cells` the column could hold; None where nothing can be said."""
    if not cells or column.kind == "text":
        return None
    return sum(_fits(cell, column) for cell in cells) / len(cells)


def _fits(cell: object, column: Column) -> bool:
    if column.kind in {"date", "datetime"}:
        return _is_date(cell)
    if column.kind in {"integer", "number"}:
        return isinstance(cell, int | float) or bool(NUMBER.match(str(cell).strip()))
    text = str(cell).strip().casefold()
    return any(text == word.casefold() for one in column.choices for word in one.spellings)


def _is_date(cell: object) -> bool:
    if isinstance(cell, int | float):
        return SERIALS[0] <= cell <= SERIALS[1]
    return isinstance(cell, dt.date) or bool(DATE.match(str(cell).strip()))
