"""How Excel shows a sheet: hidden rows and columns, filters, numbers shown as percents.

The workbook reader tells none of this. Bytes in, facts out; a sheet is only looked at here when
`sheet_scan` has seen one of the marks, or when the workbook has a percent format at all.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kpis.submissions.reading.sheet_scan import column_number

HIDDEN = rb"\shidden=[\"'](?:1|true)[\"']"
HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b(?=[^<>]*" + HIDDEN + rb")[^<>]*?\sr=[\"'](\d{1,7})[\"']")
HIDDEN_COLUMNS = re.compile(rb"<(?:\w+:)?col\b(?=[^<>]*" + HIDDEN + rb")([^<>]*)>")
FROM_TO = re.compile(rb"\s(min|max)=[\"'](\d{1,5})[\"']")
CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*)>")
REFERENCE = re.compile(rb"\sr=[\"']([A-Za-z]{1,4})(\d{1,7})[\"']")
STYLE = re.compile(rb"\ss=[\"'](\d{1,5})[\"']")
OVERLAP = 1 << 12
# Formats that Excel does not write down: 0% and 0.00%.
PERCENT_FORMATS = frozenset({9, 10})
FURTHEST_COLUMN = 16_384


@dataclass(frozen=True)
class Shown:
    """Rows from 1, columns from 0. `percents` maps a column to its rows shown as percents."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False
    percents: dict[int, frozenset[int]] = field(default_factory=dict)
    sheet_hidden: bool = False


def hidden_in(stream: Iterable[bytes]) -> Shown:
    """Return what is hidden in one sheet."""
    rows: set[int] = set()
    columns: set[int] = set()
    filtered = False
    for window in _windows(stream):
        rows.update(map(int, HIDDEN_ROW.findall(window)))
        for attributes in HIDDEN_COLUMNS.findall(window):
            ends = {name: int(number) for name, number in FROM_TO.findall(attributes)}
            first, last = ends.get(b"min", 1), ends.get(b"max", 0)
            columns.update(range(first - 1, min(last, FURTHEST_COLUMN)))
        filtered = filtered or b"filterColumn" in window
    return Shown(frozenset(rows), frozenset(columns), filtered)


def percent_cells(stream: Iterable[bytes], styles: frozenset[int]) -> dict[int, frozenset[int]]:
    """Return the rows of each column whose cells have one of the styles."""
    found: dict[int, set[int]] = {}
    wanted = {str(style).encode() for style in styles}
    for window in _windows(stream):
        for attributes in CELL.findall(window):
            style, place = STYLE.search(attributes), REFERENCE.search(attributes)
            if style and place and style[1] in wanted:
                found.setdefault(column_number(place[1]) - 1, set()).add(int(place[2]))
    return {column: frozenset(rows) for column, rows in found.items()}


def as_percent(cell: object) -> object:
    """Return a number as Excel shows it under a percent format; anything else as it is."""
    return f"{cell * 100:.12g}%" if type(cell) in (int, float) else cell  # type: ignore[operator]


def _windows(stream: Iterable[bytes]) -> Iterable[bytes]:
    tail = b""
    for piece in stream:
        window = tail + piece
        yield window
        tail = window[-OVERLAP:]
