"""How far what happened lies from a baseline, which has a version.

Source: cost and schedule variance of earned-value management, (actual − baseline) / baseline; the
absolute form is the weighted absolute percentage error of forecasting. A variance without the name
of its baseline means nothing: the versions used are counted beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from kpis.engine import cases
from kpis.engine.cases import Cases, Chosen
from kpis.engine.shapes import Array, Figures, Formula, Rows, Selection, Tables, Units, Window
from kpis.engine.statistics import spread

UNVERSIONED = "no version given"


class Shape(StrEnum):
    """How differences are added up."""

    SIGNED = "signed"  # over and under cancel out
    ABSOLUTE = "absolute"  # they do not: each row's distance counts
    ACCURACY = "accuracy"  # what the distances leave of the baseline: 100 less the absolute form


@dataclass(frozen=True)
class VarianceParameters:
    """`actual` and `baseline` are numbers of the same rows; `version` names the baseline of a row.

    Both choose rows of one listing by the same conditions and weigh them by the numbers compared. A
    row counts only where both are known.
    """

    actual: Cases
    baseline: Cases
    shape: Shape
    version: str | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be compared row by row."""
        if self.actual.listing != self.baseline.listing:
            raise ValueError("actual and baseline stand in one listing")
        if not (self.actual.weight and self.baseline.weight):
            raise ValueError("actual and baseline need the numbers to compare")


def columns(parameters: VarianceParameters) -> dict[str, dict[str, str]]:
    """Return listing → column → dtype."""
    read = cases.columns(parameters.actual) | cases.columns(parameters.baseline)
    if parameters.version:
        read[parameters.version] = "str"
    return {parameters.actual.listing: read}


def filled(parameters: VarianceParameters) -> Mapping[str, tuple[str, ...]]:
    """Return listing → columns that cannot be blank throughout."""
    names = (*cases.filled(parameters.actual), *cases.filled(parameters.baseline))
    return {parameters.actual.listing: names}


def select(tables: Tables, window: Window, parameters: VarianceParameters) -> Selection:
    """Return the rows compared, as numerator and as denominator."""
    actual, baseline = _chosen(tables, window, parameters)
    rows = Rows(parameters.actual.listing, actual.mask & baseline.mask)
    return Selection(rows, rows)


def figures(
    tables: Tables, units: Units, window: Window, parameters: VarianceParameters
) -> Figures:
    """Return 100 × numerator / baseline per unit.

    Numerator: the added differences (signed) or their distances (absolute), or the baseline less
    the distances (accuracy), so that months and units roll up by adding; denominator: the added
    baseline. Detail: rows compared; undated and unknown rows, which are not; baselines, the rows by
    version of their baseline.
    """
    listing = parameters.actual.listing
    actual, baseline = _chosen(tables, window, parameters)
    codes, size = units.codes[listing], len(units.keys)
    counted = actual.mask & baseline.mask
    difference = actual.weight[counted] - baseline.weight[counted]
    if parameters.shape is not Shape.SIGNED:
        difference = np.abs(difference)
    place = codes[counted]
    numerator = np.bincount(place, weights=difference, minlength=size)
    denominator = np.bincount(place, weights=baseline.weight[counted], minlength=size)
    if parameters.shape is Shape.ACCURACY:
        numerator = denominator - numerator
    detail: dict[str, Array | Mapping[str, Array]] = {
        "compared": np.bincount(place, minlength=size),
        "undated": np.bincount(codes[actual.undated | baseline.undated], minlength=size),
        "unknown": np.bincount(codes[actual.unknown | baseline.unknown], minlength=size),
    }
    if parameters.version:
        words = tables[listing][parameters.version][counted]
        detail["baselines"] = _by_version(words, place, size)
    over = denominator > 0
    value = 100 * numerator[over] / denominator[over]
    return Figures(numerator, denominator, spread(value, over=over), detail)


def _by_version(words: "pd.Series[str]", place: Array, size: int) -> dict[str, Array]:
    named = words.astype(object).where(words.notna(), UNVERSIONED)
    found, versions = pd.factorize(named, sort=True)
    return {
        str(version): np.bincount(place[found == number], minlength=size)
        for number, version in enumerate(versions)
    }


def _chosen(
    tables: Tables, window: Window, parameters: VarianceParameters
) -> tuple[Chosen, Chosen]:
    table = tables[parameters.actual.listing]
    return (
        cases.choose(table, parameters.actual, window),
        cases.choose(table, parameters.baseline, window),
    )


VARIANCE = Formula(
    name="variance",
    words=(
        "The difference between what happened and its baseline, in percent of the baseline: "
        "signed, so that over and under cancel out; or absolute, row by row; or as accuracy, "
        "which is what the distances leave of the baseline. Rows lacking either number are counted "
        "apart. Reads one row per thing planned; gives the rows by version of the baseline."
    ),
    line="{factor}{numerator} / {denominator}",
    parameters=VarianceParameters,
    columns=columns,
    filled=filled,
    select=select,
    figures=figures,
)
