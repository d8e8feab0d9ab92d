"""Which rows of a table repeat an earlier one, found without comparing all of them with all."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpis.submissions.reading.coded import numbers

Hashes = NDArray[np.uint64]
# Odd numbers without a pattern, as multiplicative hashing wants them (splitmix64).
STEP, MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
HALF = np.uint64(32)


def repeated(table: pd.DataFrame, columns: list[str]) -> "pd.Series[bool]":
    """Mark the rows that are in these columns as one before; as DataFrame.duplicated does.

    Equal rows have equal hashes, so that only rows whose hash repeats have to be compared.
    """
    hashes = pd.Series(_hashes(table, columns), table.index)
    found = pd.Series(False, table.index)
    if hashes.is_unique:
        return found
    perhaps = hashes.duplicated(keep=False)
    found[perhaps] = table.loc[perhaps, columns].duplicated()
    return found


def _hashes(table: pd.DataFrame, columns: list[str]) -> Hashes:
    hashes = np.zeros(len(table), dtype=np.uint64)
    for name in columns:
        hashes += _bits(table[name])
        hashes ^= hashes >> HALF
        hashes *= MIX
        hashes += STEP
    hashes ^= hashes >> HALF
    return hashes


def _bits(column: pd.Series) -> Hashes:
    """Return 64 bits for each value, the same ones for equal values, and for all that are blank."""
    values: NDArray[Any]
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        values = column.to_numpy().astype("datetime64[us]").view(np.int64)
    elif pd.api.types.is_integer_dtype(column.dtype):
        values = column.fillna(0).to_numpy(dtype=np.int64)
    else:
        values = numbers(column).astype(np.int64)
    return values.view(np.uint64)
