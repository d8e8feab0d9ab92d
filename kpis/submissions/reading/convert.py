"""Cells to text, whole numbers, numbers and choices, by the column's rule. No per-cell guess."""

import datetime as dt

import numpy as np
import pandas as pd

from kpis.engine.tables import MISSING_TOKENS, Choice
from kpis.submissions.reading.plain_dates import all_plain

SPACES = "\u00a0\u202f\ufeff\u200b"
INTEGER = r"^[+-]?\d{1,18}(?:[.,]0*)?$"
DATES = frozenset({dt.date, dt.datetime})
NUMBER = r"^[+-]?\d+(?:[.,]\d+)?$"


def as_marks(cells: pd.Series) -> pd.Series:
    """Return text as as_text does, but only 'date' for each date: quick, for date columns."""
    if isinstance(cells.dtype, pd.StringDtype):
        return cells if all_plain(cells) else as_text(cells)
    kinds = map(type, cells.tolist())
    is_date = np.fromiter(map(DATES.__contains__, kinds), dtype=bool, count=len(cells))
    texts = pd.Series("date", cells.index, dtype="str")
    texts[~is_date] = as_text(cells[~is_date])
    return texts


def as_text(cells: pd.Series) -> pd.Series:
    """Return cells as text without surrounding spaces; blank cells are ''.

    A whole number loses its '.0' (a workbook holds every number as a float); a date at midnight
    is written as a date.
    """
    if not isinstance(cells.dtype, pd.StringDtype):
        numbers = _NumberTexts()
        texts = [
            cell if type(cell) is str else numbers[cell] if type(cell) is float else _text(cell)
            for cell in cells.tolist()
        ]
        cells = pd.Series(texts, cells.index, "str")
    if not cells.str.isascii().all():
        cells = cells.str.replace(f"[{SPACES}]", " ", regex=True)
    return cells.str.strip()


class _NumberTexts(dict[float, str]):
    """Texts of numbers, each made once: a column repeats few of them."""

    def __missing__(self, number: float) -> str:
        if number != number:
            return ""
        whole = number.is_integer() and abs(number) < 1e15
        text = self[number] = str(int(number)) if whole else repr(number)
        return text


def as_word(truth: bool) -> str:
    """Return a truth value as Excel shows it."""
    return "TRUE" if truth else "FALSE"


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return as_word(cell)
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def is_missing(texts: pd.Series, *, required: bool) -> pd.Series:
    """Tell which cells are blank; an optional column also takes '-', 'n/a' and 'TBC' for it."""
    return texts == "" if required else texts.isin(MISSING_TOKENS)


def as_integers(texts: pd.Series, missing: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return Int64 values and the mask of cells that are no whole number."""
    good = texts.str.match(INTEGER) & ~missing
    digits = texts.where(good).str.replace(r"[.,]0*$", "", regex=True)
    return pd.to_numeric(digits).astype("Int64"), ~good & ~missing


def as_numbers(texts: pd.Series, missing: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return Float64 values and the mask of cells that are no number; a comma is a point."""
    good = texts.str.match(NUMBER) & ~missing
    digits = texts.where(good).str.replace(",", ".", regex=False)
    return pd.to_numeric(digits).astype("Float64"), ~good & ~missing


def as_choices(
    texts: pd.Series, missing: pd.Series, choices: tuple[Choice, ...]
) -> tuple[pd.Series, pd.Series]:
    """Return canonical values and the mask of cells that are none of the spellings."""
    known = {
        spelling.casefold(): choice.value for choice in choices for spelling in choice.spellings
    }
    distinct = texts.unique()
    mapped = texts.map({text: known.get(str(text).casefold(), np.nan) for text in distinct})
    values = mapped.astype("str")
    return values, values.isna() & ~missing
