"""Adds up the rows that count, unit by unit."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from kpis.engine.cases import Chosen
from kpis.engine.conditions import Split
from kpis.engine.shapes import Array


def sums(chosen: Chosen, codes: Array, size: int) -> Array:
    """Return the weight of the rows that count, per unit: whole numbers where each counts as 1."""
    if chosen.weight.dtype.kind == "i":
        return np.bincount(codes[chosen.mask], minlength=size)
    weights = chosen.weight[chosen.mask]
    return np.bincount(codes[chosen.mask], weights=weights, minlength=size)


def apart(
    words: "pd.Series[str]", split: Split, counted: Array, codes: Array, size: int
) -> dict[str, Mapping[str, Array]]:
    """Return the counted rows of each unit by the values of a column, under `by_<column>`."""
    places = {word: place for place, word in enumerate(split.values)}
    word_of, found = pd.factorize(words)
    other = len(places)
    place = np.array([*(places.get(word, other) for word in found), other])[word_of]
    return {
        f"by_{split.column}": {
            name: np.bincount(codes[counted & (place == number)], minlength=size)
            for number, name in enumerate((*split.values, "other"))
        }
    }
