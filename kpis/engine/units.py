"""Splits listings into the units to compute for (site, country, …), all listings at once."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kpis.engine.shapes import Array, Key, Tables, Units


def units_of(tables: Tables, by: Sequence[str]) -> Units:
    """Return the units that occur in any of `tables`, sorted, and each row's unit per table.

    `by` names columns that every table has; () puts all rows, even none, into one unit with the
    key (). A missing value counts as "".
    """
    lengths = [len(table) for table in tables.values()]
    if not by:
        return Units(((),), {name: np.zeros(len(table), int) for name, table in tables.items()})
    codes, keys = _factorise([[table[column] for table in tables.values()] for column in by])
    parts = np.split(codes, np.cumsum(lengths)[:-1])
    return Units(tuple(keys), dict(zip(tables, parts, strict=True)))


def _factorise(columns: list[list["pd.Series[str]"]]) -> tuple[Array, list[Key]]:
    """Return a code per row (all tables one after the other) and the sorted keys they stand for."""
    combined, keys = _one_column(columns[0])
    for parts in columns[1:]:
        codes, words = _one_column(parts)
        pairs, seen = pd.factorize(combined * len(words) + codes, sort=True)
        keys = [keys[pair // len(words)] + words[pair % len(words)] for pair in seen.tolist()]
        combined = pairs
    return combined, keys


def _one_column(parts: list["pd.Series[str]"]) -> tuple[Array, list[Key]]:
    column = parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)
    if column.hasnans:
        column = column.astype(object).where(column.notna(), "")
    codes, found = pd.factorize(column)
    words = [str(word) for word in found]
    order = sorted(range(len(words)), key=words.__getitem__)
    rank = np.empty(len(words), int)
    rank[order] = np.arange(len(words))
    return rank[codes], [(words[position],) for position in order]
