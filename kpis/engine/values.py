"""Conditions on the values of a row: words, texts that mention something, bounds of numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kpis.engine.shapes import Array

ANY = "object"  # the dtype of a column of which only whether it has a value is read


@dataclass(frozen=True)
class Values:
    """What the columns of a row must say; see `Cases` for each of them."""

    where: Mapping[str, tuple[str, ...]]
    unless: Mapping[str, tuple[str, ...]]
    mentions: Mapping[str, tuple[str, ...]]
    at_least: Mapping[str, float]
    at_most: Mapping[str, float]
    given: tuple[str, ...]


def value_columns(values: Values) -> dict[str, str]:
    """Return the columns that are read, with their dtype."""
    texts = (*values.where, *values.unless, *values.mentions)
    numbers = (*values.at_least, *values.at_most)
    return (
        dict.fromkeys(values.given, ANY)
        | dict.fromkeys(texts, "str")
        | dict.fromkeys(numbers, "Float64")
    )


def value_filled(values: Values) -> tuple[str, ...]:
    """Return the columns that cannot be blank in every row."""
    return (*values.where, *values.mentions, *values.at_least, *values.at_most)


def judged(table: pd.DataFrame, values: Values) -> tuple[Array, Array]:
    """Return the rows that meet every condition, and those that do not say."""
    known = np.ones(len(table), bool)
    unknown = ~known
    for name, words in values.where.items():
        known = known & table[name].isin(list(words)).to_numpy(bool)
        unknown = unknown | table[name].isna().to_numpy(bool)
    for name, words in values.mentions.items():
        known = known & _mentioned(table[name], words)
        unknown = unknown | table[name].isna().to_numpy(bool)
    for bounds, sign in ((values.at_least, 1), (values.at_most, -1)):
        for name, bound in bounds.items():
            number = table[name].to_numpy("float64", na_value=np.nan)
            known = known & (sign * number >= sign * bound)
            unknown = unknown | np.isnan(number)
    for name in values.given:
        known = known & table[name].notna().to_numpy(bool)
    for name, words in values.unless.items():
        out = table[name].isin(list(words)).to_numpy(bool)
        known, unknown = known & ~out, unknown & ~out
    return known, unknown


def _mentioned(column: "pd.Series[str]", words: tuple[str, ...]) -> Array:
    """Return which texts contain one of the words; each different text is looked at once."""
    pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    codes, texts = pd.factorize(column)
    found = [bool(pattern.search(str(text))) for text in texts]
    return np.array([*found, False], bool)[codes]
