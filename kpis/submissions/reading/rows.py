"""Which rows under a header are data, and which are totals, notes, repeats or blank."""

import re
from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpis.engine.tables import ListingType
from kpis.submissions.reading.cells import Cells, Mask
from kpis.submissions.reading.headers import Header
from kpis.submissions.reading.problems import Problem, address, shorten
from kpis.submissions.reading.raw import RawSheet

TOTAL = re.compile(r"^\s*(?:grand|sub|overall)?[ -]?totals?\s*:?\s*$", re.IGNORECASE)


def data_rows(
    sheet: RawSheet, header: Header, listing: ListingType, columns: dict[str, Cells]
) -> tuple[Mask, list[Problem]]:
    """Mark the rows below the header that hold data; remark on each row left out.

    Only a row that lacks a value which every row needs, or which every other row has, can be a
    total or a note; any other row is data whatever its words. Blank rows are left out without a
    remark.
    """
    rows = sheet.frame.index[header.last + 1 :]
    if not columns or rows.empty:
        return np.zeros(len(rows), dtype=bool), []
    lacking = np.sum(_doubts(listing, columns), axis=0)
    doubtful = np.flatnonzero(lacking)
    used = set(header.positions.values())
    odd_rows = {row - 1 for row, place in (*sheet.odd.formulas, *sheet.odd.errors) if place in used}
    cells = sheet.frame.loc[rows[doubtful]]
    filled_cells = _filled_cells(cells)
    odd = rows[doubtful].isin(list(odd_rows)) if odd_rows else np.zeros(len(doubtful), dtype=bool)
    data = np.ones(len(rows), dtype=bool)
    data[doubtful[(filled_cells == 0) & ~odd]] = False
    problems: list[Problem] = []
    totals = _with_a_total(cells)
    for place in np.flatnonzero(totals | ((filled_cells == 1) & ~odd)).tolist():
        row = int(rows[doubtful[place]])
        filled = _filled(cells.iloc[place])
        found = _judge(filled, int(lacking[doubtful[place]]), row + 1)
        if found is None:
            continue
        data[doubtful[place]] = False
        first, value = next(iter(filled.items()))
        problems.append(
            Problem(
                *found,
                file=sheet.file,
                sheet=sheet.name,
                row=row + 1,
                cell=address(first, row + 1),
                value=shorten(value),
            )
        )
    repeated = _repeated(header, columns)
    data &= ~repeated
    problems += [
        Problem(
            "repeated-header",
            f"Row {row + 1} repeats the header and was left out.",
            file=sheet.file,
            sheet=sheet.name,
            row=row + 1,
        )
        for row in rows[repeated].tolist()
    ]
    return data, problems


def _doubts(listing: ListingType, columns: dict[str, Cells]) -> list[Mask]:
    """Return the masks of rows to look at: what must be there is blank, or blank here alone."""
    blank = {name: cells.blank() for name, cells in columns.items()}
    needed = [c.name for c in listing.columns if c.required and c.name in columns]
    alone = [
        name
        for name, mask in blank.items()
        if name not in needed and len(mask) > 2 and mask.sum() == 1
    ]
    return [blank[name] for name in (*needed, *alone)] or [np.all(list(blank.values()), axis=0)]


def _filled_cells(cells: pd.DataFrame) -> NDArray[np.int_]:
    """Return how many cells of each row hold something."""
    return len(cells.columns) - _count(cells, lambda cell: not _stripped(cell))


def _with_a_total(cells: pd.DataFrame) -> Mask:
    """Mark the rows of which one cell is a word for a total."""
    return _count(cells, lambda cell: TOTAL.match(_stripped(cell)) is not None) > 0


def _count(cells: pd.DataFrame, fits: Callable[[object], bool]) -> NDArray[np.int_]:
    """Return how many cells of each row fit; each distinct cell of a column is asked once."""
    found = np.zeros(len(cells), dtype=int)
    for place in cells.columns:
        fitting = [cell for cell in cells[place].unique() if fits(cell)]
        if fitting:
            found += cells[place].isin(fitting).to_numpy(dtype=bool)
    return found


def _stripped(cell: object) -> str:
    return "" if cell is None or cell != cell else str(cell).strip()


def _filled(cells: pd.Series) -> dict[int, str]:
    texts = {place: _stripped(cell) for place, cell in enumerate(cells.tolist())}
    return {place: text for place, text in texts.items() if text}


def _is_total(filled: dict[int, str]) -> bool:
    return any(TOTAL.match(text) for text in filled.values())


def _judge(filled: dict[int, str], lacking: int, number: int) -> tuple[str, str] | None:
    """Return (rule, sentence) for a row to leave out; None for a row to keep."""
    if _is_total(filled):
        return "totals-row", f"Row {number} is a totals row and was left out."
    if len(filled) == 1 and lacking > 1:
        return "note-row", f"Row {number} holds a single cell and was left out as a note."
    return None


def _repeated(header: Header, columns: dict[str, Cells]) -> Mask:
    same = np.ones(len(next(iter(columns.values())).rows), dtype=bool)
    for name, position in header.positions.items():
        title = header.titles[position].strip()
        same &= columns[name].where(columns[name].texts == title)
        if not same.any():
            break
    return same
