"""The shapes that pass between the parts of the engine. No arithmetic lives here.

Inside the engine figures are columns (`Figures`: one array position per unit), because a month of
2,000 sites is computed at once; outside they are one `Outcome` per unit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[Any]
Tables = Mapping[str, pd.DataFrame]
Number = int | float | None
Key = tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """One computed result: plain Python numbers, never NaN; `value` is None when there is none.

    `detail` holds further figures of the formula by name; a nested mapping is a set of buckets.
    `lower_bound` is given where the value is not known yet, only that it lies above this.
    """

    numerator: Number
    denominator: Number
    value: float | None
    detail: Mapping[str, Number | Mapping[str, Number]]
    lower_bound: float | None = None


@dataclass(frozen=True)
class Window:
    """The reporting period: its first day and the data cut-off, both included."""

    period_start: date
    cutoff_date: date


class Units(NamedTuple):
    """The units to compute for, and per listing each row's position among them."""

    keys: tuple[Key, ...]
    codes: Mapping[str, Array]


@dataclass(frozen=True)
class Rows:
    """Chosen rows of one listing, as a boolean mask over the table as it was given."""

    listing: str
    mask: Array


@dataclass(frozen=True)
class Selection:
    """The rows behind a value. Numerator and denominator may come from different listings."""

    numerator: Rows
    denominator: Rows


@dataclass(frozen=True)
class Figures:
    """Results of all units as arrays of equal length; a masked position has no value."""

    numerator: Array
    denominator: Array
    value: Array
    detail: Mapping[str, Array | Mapping[str, Array]]
    lower_bound: Array | None = None

    def outcomes(self) -> list[Outcome]:
        """Return one Outcome per unit, in the order of the units."""
        size = len(self.value)
        detail = {name: _per_unit(column, size) for name, column in self.detail.items()}
        bounds = [None] * size if self.lower_bound is None else self.lower_bound.tolist()
        return [
            Outcome(
                numerator=numerator,
                denominator=denominator,
                value=value,
                detail={name: column[position] for name, column in detail.items()},
                lower_bound=bounds[position],
            )
            for position, (numerator, denominator, value) in enumerate(
                zip(
                    self.numerator.tolist(),
                    self.denominator.tolist(),
                    self.value.tolist(),
                    strict=True,
                )
            )
        ]


def _per_unit(column: Array | Mapping[str, Array], size: int) -> list[Any]:
    if isinstance(column, np.ndarray):
        return list(column.tolist())
    if not column:
        return [{} for _ in range(size)]
    rows = zip(*(part.tolist() for part in column.values()), strict=True)
    return [dict(zip(column, row, strict=True)) for row in rows]


@dataclass(frozen=True)
class Formula:
    """A named formula. A KPI brings its parameters, never code.

    `parameters` is a frozen dataclass: the keys a KPI may give. `columns` tells, for given
    parameters, which columns (with their pandas dtype) are read from which listing, `filled` which
    of them cannot be blank in every row. `figures` must count exactly the rows that `select`
    returns. `line` writes a KPI's formula, with {factor}, {numerator} and {denominator}.
    """

    name: str
    words: str
    line: str
    parameters: type[Any]
    columns: Callable[[Any], Mapping[str, Mapping[str, str]]]
    filled: Callable[[Any], Mapping[str, tuple[str, ...]]]
    select: Callable[[Tables, Window, Any], Selection]
    figures: Callable[[Tables, Units, Window, Any], Figures]
