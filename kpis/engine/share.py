"""The share of cases that meet a condition, in percent.

Source: a proportion of counted rows. Rolled up by adding the part and adding the whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kpis.engine import cases
from kpis.engine.cases import Cases, Chosen
from kpis.engine.shapes import Figures, Formula, Rows, Selection, Tables, Units, Window
from kpis.engine.statistics import spread


@dataclass(frozen=True)
class ShareParameters:
    """`whole` says which rows count, `part` which of these meet the condition."""

    whole: Cases
    part: Cases

    def __post_init__(self) -> None:
        """Refuse a part that is not of the whole."""
        if self.whole.listing != self.part.listing:
            raise ValueError("whole and part must be of one listing")
        if self.whole.weight or self.part.weight:
            raise ValueError("a share counts rows; it adds nothing up")


def columns(parameters: ShareParameters) -> dict[str, dict[str, str]]:
    """Return listing → column → dtype."""
    return {
        parameters.whole.listing: cases.columns(parameters.whole) | cases.columns(parameters.part)
    }


def filled(parameters: ShareParameters) -> Mapping[str, tuple[str, ...]]:
    """Return listing → columns that cannot be blank throughout."""
    names = (*cases.filled(parameters.whole), *cases.filled(parameters.part))
    return {parameters.whole.listing: names}


def select(tables: Tables, window: Window, parameters: ShareParameters) -> Selection:
    """Return the rows that meet the condition (numerator) and all that count (denominator)."""
    whole, part = _chosen(tables, window, parameters)
    listing = parameters.whole.listing
    return Selection(Rows(listing, whole.mask & part.mask), Rows(listing, whole.mask))


def figures(tables: Tables, units: Units, window: Window, parameters: ShareParameters) -> Figures:
    """Return 100 × part / whole per unit.

    Detail, counts of rows: undated and unknown are not in the whole; undecided are in it, and
    lack what the condition of the part asks for, so that they do not meet it.
    """
    whole, part = _chosen(tables, window, parameters)
    codes = units.codes[parameters.whole.listing]
    size = len(units.keys)
    numerator = np.bincount(codes[whole.mask & part.mask], minlength=size)
    denominator = np.bincount(codes[whole.mask], minlength=size)
    over = denominator > 0
    detail = {
        "undated": np.bincount(codes[whole.undated], minlength=size),
        "unknown": np.bincount(codes[whole.unknown], minlength=size),
        "undecided": np.bincount(codes[whole.mask & part.unknown], minlength=size),
    }
    value = spread(100 * numerator[over] / denominator[over], over=over)
    return Figures(numerator, denominator, value, detail)


def _chosen(tables: Tables, window: Window, parameters: ShareParameters) -> tuple[Chosen, Chosen]:
    table = tables[parameters.whole.listing]
    return (
        cases.choose(table, parameters.whole, window),
        cases.choose(table, parameters.part, window),
    )


SHARE = Formula(
    name="share",
    words=(
        "Of the cases that count, the percentage that meets a condition: has one of the values "
        "named, stands open at the cut-off, or was done on or before the day it was due. A case "
        "that was due and is not done does not meet it. Rows without the day that would place them "
        "in the period are counted apart. Reads one row per case."
    ),
    line="{factor}{numerator} / {denominator}",
    parameters=ShareParameters,
    columns=columns,
    filled=filled,
    select=select,
    figures=figures,
)
