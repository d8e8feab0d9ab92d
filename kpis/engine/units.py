"""Splits listings into the units to compute for (site, country, …), all listings at once."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kpis.engine.remembering import remembered
from kpis.engine.shapes import Array, Key, Tables, Units


@remembered
def units_of(tables: Tables, by: Sequence[str]) -> Units:
    """Return the units that occur in any of `tables`, sorted, and each row's unit per table.

    `by` names columns that every table has; () puts all rows, even none, into one unit with the
    key (). A missing value counts as "".
    """
    lengths = [len(table) for table in tables.values()]
    if not by:
        return Units(((),), {name: np.zeros(len(table), int) for name, table in tables.items()})
    codes, keys = _factorise(tables, by)
    parts = np.split(codes, np.cumsum(lengths)[:-1])
    return Units(tuple(keys), dict(zip(tables, parts, strict=True)))


def _factorise(tables: Tables, by: Sequence[str]) -> tuple[Array, list[Key]]:
    """Return a code per row (all tables one after the other) and the sorted keys they stand for."""
    combined, keys = _one_column(tables, by[0])
    for name in by[1:]:
        codes, words = _one_column(tables, name)
        pairs, seen = pd.factorize(combined * len(words) + codes, sort=True)
        keys = [keys[pair // len(words)] + words[pair % len(words)] for pair in seen.tolist()]
        combined = pairs
    return combined, keys


def _one_column(tables: Tables, name: str) -> tuple[Array, list[Key]]:
    parts = [_words_of(table, name) for table in tables.values()]
    words = sorted({word for _, found in parts for word in found})
    rank = {word: place for place, word in enumerate(words)}
    codes = [np.array([rank[word] for word in found], int)[codes] for codes, found in parts]
    return np.concatenate(codes), [(word,) for word in words]


@remembered
def _words_of(table: pd.DataFrame, name: str) -> tuple[Array, list[str]]:
    """Return a code per row and the words they stand for, in the order they come."""
    column = table[name]
    if column.hasnans:
        column = column.astype(object).where(column.notna(), "")
    codes, found = pd.factorize(column)
    return codes, [str(word) for word in found]
