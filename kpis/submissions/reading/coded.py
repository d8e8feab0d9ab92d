"""Columns of texts in which each distinct text stands once: categories, and a number for each row.

A million rows of some thousand texts are moved, compared and sealed by their numbers. Categories
stand in the order of their code points and each is used by a row of its sheet. What asks for texts
as such, or joins columns of two tables, takes them `written_out`.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpis.submissions.reading.cells import Codes

Places = NDArray[np.int64]


def coded(distinct: pd.Series, codes: Codes) -> pd.Categorical:
    """Return for each row the text at its place in `distinct`, which may repeat texts."""
    found, words = pd.factorize(distinct)
    order = np.argsort(words.to_numpy(dtype=object), kind="stable")
    ranks: Places = np.empty(len(words) + 1, dtype=np.int64)
    ranks[order] = np.arange(len(words))
    ranks[-1] = -1  # where factorize says that nothing stands
    places = ranks[found].astype(np.min_scalar_type(-max(len(words), 1)))
    return pd.Categorical.from_codes(places[codes], categories=pd.Index(words[order], dtype="str"))


def one_text(text: str | None, rows: int) -> pd.Categorical:
    """Return the same text, or none, for all rows."""
    words = pd.Index([] if text is None or not rows else [text], dtype="str")
    return pd.Categorical.from_codes(np.full(rows, len(words) - 1, np.int8), categories=words)


def is_coded(column: pd.Series) -> bool:
    """Tell whether a column of a table holds texts as numbers."""
    return isinstance(column.dtype, pd.CategoricalDtype)


def written(column: pd.Series) -> pd.Series:
    """Return a column with its texts in each row."""
    return column.astype("str") if is_coded(column) else column


def written_out(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its texts in each row; the table itself where it has no others."""
    kinds = {name: "str" for name in table.columns if is_coded(table[name])}
    return table.astype(kinds) if kinds else table


def all_written_out(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables by their names, with texts in each row."""
    return {name: written_out(table) for name, table in tables.items()}


def numbers(column: pd.Series) -> NDArray[np.integer[Any]]:
    """Return a number for each row, the same for equal values; -1 where there is none."""
    if is_coded(column):
        return column.cat.codes.to_numpy()
    return pd.factorize(column)[0]


def renamed(column: pd.Series, was: str, becomes: str) -> pd.Series:
    """Return a column of texts with one text in place of another."""
    if not is_coded(column):
        return column.where(column != was, becomes)
    words = [becomes if word == was else word for word in column.cat.categories]
    distinct = pd.Series([*words, None], dtype="str")  # the last place is for rows without a text
    return pd.Series(coded(distinct, column.cat.codes.to_numpy()), column.index)
