"""How many cases there are, or what they add up to.

Source: a plain count or total. For what must not happen at all, or what is agreed as a number
(a critical finding, change orders of a year) a share would hide it. Rolled up by adding.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kpis.engine import cases, tallies
from kpis.engine.cases import Cases, Chosen
from kpis.engine.conditions import Split
from kpis.engine.shapes import Array, Figures, Formula, Rows, Selection, Tables, Units, Window


@dataclass(frozen=True)
class CountParameters:
    """Which cases count; with `split` they are also counted by the values of a column."""

    counted: Cases
    split: Split | None = None


def columns(parameters: CountParameters) -> dict[str, dict[str, str]]:
    """Return listing → column → dtype."""
    read = cases.columns(parameters.counted)
    if parameters.split:
        read[parameters.split.column] = "str"
    return {parameters.counted.listing: read}


def filled(parameters: CountParameters) -> Mapping[str, tuple[str, ...]]:
    """Return listing → columns that cannot be blank throughout."""
    return {parameters.counted.listing: cases.filled(parameters.counted)}


def select(tables: Tables, window: Window, parameters: CountParameters) -> Selection:
    """Return the cases, as numerator and as denominator."""
    rows = Rows(parameters.counted.listing, _chosen(tables, window, parameters).mask)
    return Selection(rows, rows)


def figures(tables: Tables, units: Units, window: Window, parameters: CountParameters) -> Figures:
    """Return the count (or total) per unit; the denominator is 1, the unit that reported.

    A listing that was sent without such a case is a count of 0, which is a value. Detail, counts
    of rows: undated and unknown, which are not in it; `by_<column>` with `split`.
    """
    listing = parameters.counted.listing
    chosen = _chosen(tables, window, parameters)
    codes, size = units.codes[listing], len(units.keys)
    number = tallies.sums(chosen, codes, size)
    detail: dict[str, Array | Mapping[str, Array]] = {
        "undated": np.bincount(codes[chosen.undated], minlength=size),
        "unknown": np.bincount(codes[chosen.unknown], minlength=size),
    }
    if parameters.split:
        words = tables[listing][parameters.split.column]
        detail |= tallies.apart(words, parameters.split, chosen.mask, codes, size)
    return Figures(number, np.ones(size, int), number.astype(float), detail)


def _chosen(tables: Tables, window: Window, parameters: CountParameters) -> Chosen:
    table = tables[parameters.counted.listing]
    return cases.choose(table, parameters.counted, window)


COUNT = Formula(
    name="count",
    words=(
        "The number of cases that count, or the total of a number over them. No case in a listing "
        "that was sent is 0; a listing that was not sent is no value. Rows without the day or the "
        "word that would place them are told apart. Reads one row per case."
    ),
    line="number of {numerator}",
    parameters=CountParameters,
    columns=columns,
    filled=filled,
    select=select,
    figures=figures,
)
