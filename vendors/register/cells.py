"""Values of a list's file: how they are written, and how they read as text.

A value that a spreadsheet would run as a formula stands behind an apostrophe in CSV; in a workbook
it is a cell of text. Reading takes the apostrophe away again, so that a file that nobody changed
holds what was written into it.
"""

import re
from datetime import date, datetime
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

Cell = str | int | date | None
FORMULA = ("=", "+", "-", "@", "\t", "\r")
DISARMED = (*FORMULA, "'")
LONGEST = 32_767  # characters that a cell of a workbook holds


def harmless(text: str) -> str:
    """Return a text for CSV that no spreadsheet runs; `as_typed` undoes it."""
    quoted = text.startswith("'") and text[1:].startswith(DISARMED)
    return f"'{text}" if quoted or text.startswith(FORMULA) else text


def as_typed(text: str) -> str:
    """Return the text that `harmless` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(DISARMED) else text


def text_of(value: Any) -> str:
    """Return a value as one text, whichever kind of file it stood in.

    Dates as year-month-day, whole numbers without a point; space around it, ways to break a line
    and characters that a workbook cannot hold make no difference.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    plain = re.sub(r"\r\n?", "\n", str(value))
    return ILLEGAL_CHARACTERS_RE.sub("", plain)[:LONGEST].strip()
