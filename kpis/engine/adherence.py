"""The weighted share of agreed figures that are within their limits, and how many were measured.

Source: the composite of service-level agreements (service credits weigh each level). Only what was
measured is in it, so coverage stands beside it: a figure nobody reported is no success.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kpis.engine import cases
from kpis.engine.cases import Cases, Chosen
from kpis.engine.shapes import Array, Figures, Formula, Rows, Selection, Tables, Units, Window
from kpis.engine.statistics import spread


@dataclass(frozen=True)
class AdherenceParameters:
    """`required` are the figures agreed, with their weight; `status` names the column of colours.

    A figure whose status is among `measured` counts; one whose status is among `met` holds. A
    figure whose column `capping` says yes and whose status is among `failed` is shown apart: no
    other figure makes up for it.
    """

    required: Cases
    status: str
    met: tuple[str, ...]
    measured: tuple[str, ...]
    capping: str | None = None
    failed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a status that holds and was not measured."""
        if not set(self.met) <= set(self.measured):
            raise ValueError("what is met must be among what is measured")


def columns(parameters: AdherenceParameters) -> dict[str, dict[str, str]]:
    """Return listing → column → dtype."""
    texts = [parameters.status, *([parameters.capping] if parameters.capping else [])]
    read = cases.columns(parameters.required) | dict.fromkeys(texts, "str")
    return {parameters.required.listing: read}


def filled(parameters: AdherenceParameters) -> Mapping[str, tuple[str, ...]]:
    """Return listing → columns that cannot be blank throughout."""
    names = (*cases.filled(parameters.required), parameters.status)
    return {parameters.required.listing: names}


def select(tables: Tables, window: Window, parameters: AdherenceParameters) -> Selection:
    """Return the figures that hold (numerator) and those measured (denominator)."""
    chosen, measured, met = _chosen(tables, window, parameters)
    listing = parameters.required.listing
    return Selection(Rows(listing, chosen.mask & met), Rows(listing, chosen.mask & measured))


def figures(
    tables: Tables, units: Units, window: Window, parameters: AdherenceParameters
) -> Figures:
    """Return 100 × weight that holds / weight measured per unit.

    Detail: required and measured figures, coverage in percent; failed_capping, the figures for
    which nothing makes up; undated and unknown rows.
    """
    listing = parameters.required.listing
    chosen, measured, met = _chosen(tables, window, parameters)
    codes, size = units.codes[listing], len(units.keys)

    def weight(mask: Array) -> Array:
        mask = chosen.mask & mask
        return np.bincount(codes[mask], weights=chosen.weight[mask], minlength=size)

    numerator, denominator = weight(met), weight(measured)
    required = np.bincount(codes[chosen.mask], minlength=size)
    there = np.bincount(codes[chosen.mask & measured], minlength=size)
    some, over = required > 0, denominator > 0
    detail: dict[str, Array | Mapping[str, Array]] = {
        "required": required,
        "measured": there,
        "coverage": spread(100 * there[some] / required[some], over=some),
        "undated": np.bincount(codes[chosen.undated], minlength=size),
        "unknown": np.bincount(codes[chosen.unknown], minlength=size),
    }
    if parameters.capping:
        table = tables[listing]
        failed = table[parameters.status].isin(list(parameters.failed)).to_numpy(bool)
        capped = chosen.mask & failed & (table[parameters.capping] == "yes").to_numpy(bool)
        detail["failed_capping"] = np.bincount(codes[capped], minlength=size)
    value = spread(100 * numerator[over] / denominator[over], over=over)
    return Figures(numerator, denominator, value, detail)


def _chosen(
    tables: Tables, window: Window, parameters: AdherenceParameters
) -> tuple[Chosen, Array, Array]:
    table = tables[parameters.required.listing]
    chosen = cases.choose(table, parameters.required, window)
    status = table[parameters.status]
    measured = status.isin(list(parameters.measured)).to_numpy(bool)
    return chosen, measured, status.isin(list(parameters.met)).to_numpy(bool)


ADHERENCE = Formula(
    name="adherence",
    words=(
        "Of the figures agreed and measured, the percentage that holds, each with its weight. What "
        "was not measured is not in it; the coverage, measured of agreed, stands beside it, and so "
        "does the number of failed figures for which no other makes up. Reads one row per figure "
        "agreed, with its status and weight."
    ),
    line="{factor}{numerator} / {denominator}",
    parameters=AdherenceParameters,
    columns=columns,
    filled=filled,
    select=select,
    figures=figures,
)
