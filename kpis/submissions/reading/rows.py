"""Which rows under a header are data, and which are totals, notes, repeats or blank."""

import re

import pandas as pd

from kpis.engine.tables import ListingType
from kpis.submissions.reading.headers import Header
from kpis.submissions.reading.problems import Problem, address, shorten
from kpis.submissions.reading.raw import RawSheet

TOTAL = re.compile(r"^\s*(?:grand|sub|overall)?[ -]?totals?\s*:?\s*$", re.IGNORECASE)


def data_rows(
    sheet: RawSheet, header: Header, listing: ListingType, texts: dict[str, pd.Series]
) -> tuple[pd.Index, list[Problem]]:
    """Return the frame rows that hold data, and a remark for each row left out.

    Only a row that lacks a value which every row needs, or which every other row has, can be a
    total or a note; any other row is data whatever its words. Blank rows are left out without a
    remark.
    """
    rows = sheet.frame.index[header.last + 1 :]
    if not texts or rows.empty:
        return rows[:0], []
    lacking = pd.concat(_doubts(listing, texts), axis=1)
    doubtful = rows[lacking.any(axis=1)]
    used = set(header.positions.values())
    odd_rows = {row - 1 for row, place in (*sheet.odd.formulas, *sheet.odd.errors) if place in used}
    cells = sheet.frame.loc[doubtful]
    blank = doubtful[(cells.isna() | (cells == "")).all(axis=1)].difference(list(odd_rows))
    left_out: list[int] = blank.tolist()
    problems: list[Problem] = []
    for row in doubtful.difference(blank).tolist():
        filled = _filled(sheet.frame.loc[row])
        if row in odd_rows and not _is_total(filled):
            continue
        found = _judge(filled, int(lacking.loc[row].sum()), row + 1)
        if found is None:
            continue
        left_out.append(row)
        place, value = next(iter(filled.items()))
        problems.append(
            Problem(
                *found,
                file=sheet.file,
                sheet=sheet.name,
                row=row + 1,
                cell=address(place, row + 1),
                value=shorten(value),
            )
        )
    repeated = _repeated(header, texts, rows)
    problems += [
        Problem(
            "repeated-header",
            f"Row {row + 1} repeats the header and was left out.",
            file=sheet.file,
            sheet=sheet.name,
            row=row + 1,
        )
        for row in repeated
    ]
    return rows.drop([*left_out, *repeated]), problems


def _doubts(listing: ListingType, texts: dict[str, pd.Series]) -> list[pd.Series]:
    """Return the masks of rows to look at: what must be there is blank, or blank here alone."""
    blank = {name: cells == "" for name, cells in texts.items()}
    needed = [c.name for c in listing.columns if c.required and c.name in texts]
    alone = [
        name
        for name, cells in blank.items()
        if name not in needed and len(cells) > 2 and cells.sum() == 1
    ]
    return [blank[name] for name in (*needed, *alone)] or [
        pd.concat(list(blank.values()), axis=1).all(axis=1)
    ]


def _filled(cells: pd.Series) -> dict[int, str]:
    pairs = enumerate(cells.tolist())
    texts = {place: str(cell).strip() for place, cell in pairs if cell == cell}
    return {place: text for place, text in texts.items() if text and text != "None"}


def _is_total(filled: dict[int, str]) -> bool:
    return any(TOTAL.match(text) for text in filled.values())


def _judge(filled: dict[int, str], lacking: int, number: int) -> tuple[str, str] | None:
    """Return (rule, sentence) for a row to leave out; None for a row to keep."""
    if _is_total(filled):
        return "totals-row", f"Row {number} is a totals row and was left out."
    if len(filled) == 1 and lacking > 1:
        return "note-row", f"Row {number} holds a single cell and was left out as a note."
    return None


def _repeated(header: Header, texts: dict[str, pd.Series], rows: pd.Index) -> list[int]:
    same = pd.Series(True, index=rows)
    for name, position in header.positions.items():
        title = header.titles[position].strip()
        same &= texts[name] == title
        if not same.any():
            return []
    return [int(row) for row in rows[same]]
