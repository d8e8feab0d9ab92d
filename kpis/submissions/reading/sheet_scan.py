"""What a sheet's XML says that the workbook reader does not: extent, formulas, error cells.

Bytes in, facts out; works on pieces of a stream with patterns, since a full XML parse would
cost more than reading the whole workbook. Nothing here decides what is a problem.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

# Only references beyond column Z or row 99,999 are taken out of the stream; for others the
# bounds are known, and a million matches need not be made.
SMALL_COLUMNS, SMALL_ROWS = 26, 99_999
FAR_REFERENCE = re.compile(rb"\sr=[\"'](?:([A-Za-z]{2,4})(\d+)|[A-Za-z]?(\d{6,}))")
# The same for XML as Excel writes it, three times as fast because it begins with plain text.
PLAIN_FAR_REFERENCE = re.compile(rb' r="(?:([A-Za-z]{2,4})(\d+)|[A-Za-z]?(\d{6,}))')
NOT_PLAIN = (b"'", b"\n", b"\r", b"\t")
REFERENCE = re.compile(rb"\sr=[\"']([A-Za-z]{0,4})(\d{1,10})[\"']")
MARKS = (b't="e"', b"<f")
MARKS_NOT_PLAIN = (b"t='e'", b":f>", b":f ", b":f/")
HIDING_MARKS = (b"hidden=", b"filterColumn")
ERROR_CELL = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*\st=[\"']e[\"'][^<>]*)>(?:(?!</(?:\w+:)?c\s*>).)*?"
    rb"<(?:\w+:)?v\s*>([^<]*)<",
    re.DOTALL,
)
FORMULA_WITHOUT_VALUE = re.compile(
    rb"(?:</(?:\w+:)?f\s*>|<(?:\w+:)?f\b[^<>]*/>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*>\s*</(?:\w+:)?v\s*>)?\s*</(?:\w+:)?c\s*>"
)
CELL_START = re.compile(rb"<(?:\w+:)?c\s([^<>]*)>")
TEXT_RESULT = re.compile(rb"\bt=[\"']str[\"']")
OVERLAP = 1 << 16


@dataclass
class SheetScan:
    """How far the cells of one sheet reach, and whether a closer look is needed.

    `suspicious` sheets may have formulas or errors, `hiding` ones hidden rows or columns.
    `columns` and `rows` are upper bounds, never less than what a reader would set aside.
    """

    columns: int = SMALL_COLUMNS
    rows: int = SMALL_ROWS
    suspicious: bool = False
    hiding: bool = False
    _tail: bytes = field(default=b"", repr=False)

    @property
    def cells(self) -> int:
        """The rectangle that a reader would set aside."""
        return self.columns * self.rows

    def feed(self, piece: bytes) -> None:
        """Take in the next piece of the sheet's XML."""
        window = self._tail + piece
        plain = b"<c " in window and not any(sign in window for sign in NOT_PLAIN)
        pattern = PLAIN_FAR_REFERENCE if plain else FAR_REFERENCE
        for letters, row, long_row in pattern.findall(window):
            self.columns = max(self.columns, column_number(letters))
            self.rows = max(self.rows, int((row or long_row)[:10]))
        if not self.suspicious:
            marks = MARKS if plain else MARKS + MARKS_NOT_PLAIN
            self.suspicious = any(mark in window for mark in marks)
        self.hiding = self.hiding or any(mark in window for mark in HIDING_MARKS)
        self._tail = window[-32:]


@dataclass(frozen=True)
class OddCells:
    """Cells that read as blank though they are not. Keys: row from 1, column from 0."""

    formulas: frozenset[tuple[int, int]] = frozenset()
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def measure(stream: Iterable[bytes]) -> tuple[int, int]:
    """Return the exact furthest column and row; slower than the bounds of SheetScan."""
    columns = rows = 0
    tail = b""
    for piece in stream:
        window = tail + piece
        for letters, row in REFERENCE.findall(window):
            columns, rows = max(columns, column_number(letters)), max(rows, int(row))
        tail = window[-32:]
    return columns, rows


def odd_cells(stream: Iterable[bytes]) -> OddCells:
    """Return the formulas without a stored value and the error cells of one sheet."""
    formulas: set[tuple[int, int]] = set()
    errors: dict[tuple[int, int], str] = {}
    tail = b""
    for piece in stream:
        window = tail + piece
        for match in FORMULA_WITHOUT_VALUE.finditer(window):
            attributes = _attributes_before(window, match.start())
            place = _place(attributes)
            if place and not TEXT_RESULT.search(attributes):
                formulas.add(place)
        for match in ERROR_CELL.finditer(window):
            place = _place(match[1])
            if place:
                errors[place] = match[2].decode("utf-8", "replace")
        tail = window[-OVERLAP:]
    return OddCells(frozenset(formulas), errors)


def column_number(letters: bytes) -> int:
    """Return the number of a column from its letters: A is 1, none is 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _attributes_before(window: bytes, end: int) -> bytes:
    start = max(window.rfind(b"<c ", 0, end), window.rfind(b":c ", 0, end) - 1)
    close = window.find(b">", max(start, 0))
    return window[start:close] if start >= 0 else b""


def _place(attributes: bytes) -> tuple[int, int] | None:
    match = REFERENCE.search(attributes)
    return (int(match[2]), column_number(match[1]) - 1) if match else None
