"""How far an amount is concentrated on few holders: the Herfindahl-Hirschman index.

Source: Hirschman (1945) and Herfindahl (1950), the sum of squared shares; 1 is one holder, 1/n are
n equal ones. It is not additive: for more than one unit it is computed anew from the rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kpis.engine import cases
from kpis.engine.cases import Cases, Chosen
from kpis.engine.shapes import Array, Figures, Formula, Rows, Selection, Tables, Units, Window
from kpis.engine.statistics import spread


@dataclass(frozen=True)
class ConcentrationParameters:
    """`amounts` are the rows and what they weigh; `holder` names the column of who holds them.

    Amounts of one holder are added before shares are taken. Amounts of no or negative size and
    rows without a holder do not count.
    """

    amounts: Cases
    holder: str


def columns(parameters: ConcentrationParameters) -> dict[str, dict[str, str]]:
    """Return listing → column → dtype."""
    read = cases.columns(parameters.amounts) | {parameters.holder: "str"}
    return {parameters.amounts.listing: read}


def filled(parameters: ConcentrationParameters) -> Mapping[str, tuple[str, ...]]:
    """Return listing → columns that cannot be blank throughout."""
    names = (*cases.filled(parameters.amounts), parameters.holder)
    return {parameters.amounts.listing: names}


def select(tables: Tables, window: Window, parameters: ConcentrationParameters) -> Selection:
    """Return the amounts that count, as numerator and as denominator."""
    mask, _ = _counted(tables, window, parameters)
    rows = Rows(parameters.amounts.listing, mask)
    return Selection(rows, rows)


def figures(
    tables: Tables, units: Units, window: Window, parameters: ConcentrationParameters
) -> Figures:
    """Return the sum of squared shares per unit, between 0 and 1.

    Denominator: the whole amount A; numerator: Σ a² / A over the holders' amounts a, so that
    numerator / denominator is the index. Detail: holders; largest_share in percent; undated and
    unknown rows.
    """
    listing = parameters.amounts.listing
    mask, chosen = _counted(tables, window, parameters)
    size = len(units.keys)
    place = units.codes[listing][mask]
    who, names = pd.factorize(tables[listing][parameters.holder][mask])
    pairs, position = np.unique(place * max(len(names), 1) + who, return_inverse=True)
    amount = np.bincount(position, weights=chosen.weight[mask], minlength=len(pairs))
    owner = pairs // max(len(names), 1)
    whole = np.bincount(owner, weights=amount, minlength=size)
    squares = np.bincount(owner, weights=amount**2, minlength=size)
    largest = np.zeros(size)
    np.maximum.at(largest, owner, amount)
    over = whole > 0
    numerator = np.zeros(size)
    numerator[over] = squares[over] / whole[over]
    codes = units.codes[listing]
    detail: dict[str, Array | Mapping[str, Array]] = {
        "holders": np.bincount(owner, minlength=size),
        "largest_share": spread(100 * largest[over] / whole[over], over=over),
        "undated": np.bincount(codes[chosen.undated], minlength=size),
        "unknown": np.bincount(codes[chosen.unknown | (chosen.mask & ~mask)], minlength=size),
    }
    value = spread(numerator[over] / whole[over], over=over)
    return Figures(numerator, whole, value, detail)


def _counted(
    tables: Tables, window: Window, parameters: ConcentrationParameters
) -> tuple[Array, Chosen]:
    table = tables[parameters.amounts.listing]
    chosen = cases.choose(table, parameters.amounts, window)
    named = table[parameters.holder].notna().to_numpy(bool)
    return chosen.mask & named & (chosen.weight > 0), chosen


CONCENTRATION = Formula(
    name="concentration",
    words=(
        "The Herfindahl-Hirschman index: the sum of the squared shares that each holder has of an "
        "amount. 1 means one holder, 0.5 two equal ones, 0.25 four. Reads one row per amount, with "
        "its holder; gives the number of holders and the largest share. Over several units it is "
        "computed anew from all rows."
    ),
    line="sum of the squared shares of {numerator} in {denominator}",
    parameters=ConcentrationParameters,
    columns=columns,
    filled=filled,
    select=select,
    figures=figures,
)
