"""The rows of a sheet in which a header may stand, and the words over each column.

A header may stand below banner rows, stretch over merged cells and have up to three storeys. What
the words mean is not decided here.
"""

import re
import unicodedata
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kpis.submissions.reading.raw import RawSheet

ObjectArray = NDArray[np.object_]

ROWS_SEARCHED = 40
STOREYS = (1, 2, 3)


@dataclass(frozen=True)
class Window:
    """Frame rows `first`..`last` taken as a header: the title over each column, and words to try.

    `tries` are squeezed, the most particular first: all storeys together, the lowest two, the
    lowest, and the lowest under a heading that stretches to the right without being merged.
    """

    first: int
    last: int
    titles: dict[int, str]
    tries: dict[int, tuple[str, ...]]


@lru_cache(maxsize=1 << 15)
def squeeze(words: str) -> str:
    """Return header words without case, spaces, accents and signs: '# Days Open' → 'daysopen'."""
    text = unicodedata.normalize("NFKD", words).casefold()
    return re.sub(r"[\W_]+", "", text)


def windows(sheet: RawSheet, known: Set[str], *, least: int = 1) -> list[Window]:
    """Return the windows of which at least `least` columns have one of the squeezed words `known`.

    The fewest storeys come first, then the highest row.
    """
    top = top_of(sheet)
    found = []
    for storeys in STOREYS:
        for first in range(max(min(len(top) - storeys + 1, ROWS_SEARCHED), 0)):
            window = _window(top, first, storeys, sheet)
            hits = sum(any(word in known for word in tries) for tries in window.tries.values())
            if hits >= least:
                found.append(window)
    return found


def top_of(sheet: RawSheet) -> ObjectArray:
    """Return the first rows of a sheet, blank cells as ''."""
    top = sheet.frame.iloc[: ROWS_SEARCHED + max(STOREYS)]
    return np.where(top.isna(), "", top.to_numpy(dtype=object))


def _window(top: ObjectArray, first: int, storeys: int, sheet: RawSheet) -> Window:
    rows = [_spread(top, first + depth, sheet) for depth in range(storeys)]
    carried = _carried(rows) if storeys > 1 else []
    titles, tries = {}, {}
    for position, column in enumerate(zip(*rows, strict=True)):
        words = [text for text in dict.fromkeys(str(cell).strip() for cell in column) if text]
        if not words or (storeys > 1 and not all(isinstance(cell, str) for cell in column)):
            continue
        titles[position] = " ".join(words)
        spoken = [titles[position], " ".join(words[-2:]), words[-1]]
        if carried:
            spoken.append(f"{carried[position]} {words[-1]}")
        tries[position] = tuple(dict.fromkeys(squeeze(text) for text in spoken))
    return Window(first, first + storeys - 1, titles, tries)


def _carried(rows: Sequence[Sequence[object]]) -> list[str]:
    """Return the heading of the storey above the lowest, carried over blank cells to its right."""
    heading, carried = "", []
    for cell in rows[-2]:
        heading = str(cell).strip() or heading
        carried.append(heading)
    return carried


def _spread(top: ObjectArray, row: int, sheet: RawSheet) -> list[object]:
    """Return one row of cells with merged cells repeated over their width."""
    cells = list(top[row])
    for (top_row, left), (bottom, right) in sheet.merged:
        if top_row <= row <= bottom and left < len(cells):
            source = top[top_row][left]
            for position in range(left, min(right + 1, len(cells))):
                cells[position] = source if row == top_row else cells[position]
    return cells
