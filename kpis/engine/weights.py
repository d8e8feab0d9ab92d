"""How much a row weighs where it does not simply count as one.

A number of its own, a sum or product of several, the days it took, the time it was active, or a
weight by a word such as its severity. A row that lacks what is asked for is `unknown`: it weighs
nothing and is counted apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kpis.engine.shapes import Array, Window
from kpis.engine.times import NEVER, day_number, days_of, month_position


@dataclass(frozen=True)
class Active:
    """Each row weighs the months it was active within the period: from `begun` to `ended`.

    Both days are included. A month that is active in part counts its part: days / days of month.
    """

    begun: str
    ended: str


@dataclass(frozen=True)
class Measures:
    """Each row weighs the sum of its `columns`, each times the number given with it.

    With `times`, the sum is multiplied by that column: units done times the price of a unit.
    """

    columns: Mapping[str, float]
    times: str | None = None

    def __post_init__(self) -> None:
        """Refuse a sum of nothing."""
        if not self.columns:
            raise ValueError("measures need a column")

    @property
    def names(self) -> tuple[str, ...]:
        """Every column that is read."""
        return (*self.columns, *([self.times] if self.times else []))


@dataclass(frozen=True)
class Elapsed:
    """Each row weighs the calendar days from `since` to `until`, at most up to the cut-off.

    Without `until`, or where it is blank, it is the age at the cut-off. Days that run backwards
    are unknown unless `signed`, where being early counts against being late. `ahead` is for a plan
    or a forecast: its days may lie after the cut-off, and without `until` nothing is known.
    """

    since: str
    until: str | None = None
    signed: bool = False
    ahead: bool = False

    def __post_init__(self) -> None:
        """Refuse to look ahead to nowhere."""
        if self.ahead and self.until is None:
            raise ValueError("elapsed: ahead needs the day to look ahead to")


@dataclass(frozen=True)
class Weighed:
    """Each row weighs what `weights` give for the word in `column`; other words are unknown."""

    column: str
    weights: Mapping[str, float]


Weight = Active | Measures | Elapsed | Weighed


def weight_columns(weight: Weight) -> dict[str, str]:
    """Return the columns that are read, with their dtype."""
    if isinstance(weight, Active):
        return dict.fromkeys((weight.begun, weight.ended), "datetime64[us]")
    if isinstance(weight, Measures):
        return dict.fromkeys(weight.names, "Float64")
    if isinstance(weight, Elapsed):
        days = (weight.since, weight.until) if weight.until else (weight.since,)
        return dict.fromkeys(days, "datetime64[us]")
    return {weight.column: "str"}


def weight_filled(weight: Weight) -> tuple[str, ...]:
    """Return the columns that cannot be blank in every row."""
    if isinstance(weight, Active):
        return (weight.begun,)
    if isinstance(weight, Measures):
        return weight.names
    return (weight.since,) if isinstance(weight, Elapsed) else (weight.column,)


def weigh(table: pd.DataFrame, weight: Weight, window: Window) -> Array:
    """Return the weight of every row; NaN where it is unknown."""
    if isinstance(weight, Active):
        return _active_months(table, weight, window)
    if isinstance(weight, Measures):
        return _measured(table, weight)
    if isinstance(weight, Elapsed):
        return _elapsed(table, weight, window)
    found = table[weight.column].map(dict(weight.weights))
    return found.to_numpy("float64", na_value=np.nan)


def _measured(table: pd.DataFrame, weight: Measures) -> Array:
    total = np.zeros(len(table))
    for name, factor in weight.columns.items():
        total = total + factor * _numbers(table, name)
    return total * _numbers(table, weight.times) if weight.times else total


def _numbers(table: pd.DataFrame, name: str) -> Array:
    return table[name].to_numpy("float64", na_value=np.nan)


def _elapsed(table: pd.DataFrame, weight: Elapsed, window: Window) -> Array:
    since = days_of(table[weight.since], missing=NEVER)
    until = np.full(len(table), day_number(window.cutoff_date))
    if weight.until:
        told = days_of(table[weight.until], missing=NEVER)
        until = told if weight.ahead else np.minimum(told, until)
    dated = (since != NEVER) & (until != NEVER)
    days = np.where(dated, np.where(dated, until, 0) - np.where(dated, since, 0), 0).astype(float)
    return np.where(dated & (weight.signed | (days >= 0)), days, np.nan)


def _active_months(table: pd.DataFrame, columns: Active, window: Window) -> Array:
    """Return the months of activity; ends are the days after the last one that counts."""
    first, last = day_number(window.period_start), day_number(window.cutoff_date)
    begun = np.maximum(days_of(table[columns.begun], missing=NEVER), first)
    ended = np.minimum(days_of(table[columns.ended], missing=NEVER), last) + 1
    active = begun < ended
    months = month_position(np.where(active, ended, first)) - month_position(
        np.where(active, begun, first)
    )
    return np.asarray(months)
