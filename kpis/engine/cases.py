"""Which rows of a listing count for a KPI, told by parameters: the part that all formulas share.

A row is judged by what it says, never by what is usual: a row that does not say what a condition
asks for is `unknown`, a row without the day that places it in time is `undated`; both are counted
apart, so that a reader sees how much the value leaves out. Days are UTC calendar days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from kpis.engine.conditions import Dated, OnTime, Span, Standing, StoppedBefore, Undated
from kpis.engine.remembering import remembered
from kpis.engine.shapes import Array, Window
from kpis.engine.times import NEVER, day_number, days_of, months_before, span_start, standing
from kpis.engine.values import Values, judged, value_columns, value_filled
from kpis.engine.weights import (
    Active,
    Elapsed,
    Measures,
    Weighed,
    Weight,
    weigh,
    weight_columns,
    weight_filled,
)

__all__ = ["Active", "Cases", "Chosen", "Dated", "Span", "choose", "columns", "filled"]


@dataclass(frozen=True)
class Cases:
    """The rows of `listing` that count. Every condition given must hold.

    `where` and `unless` give the values that a column must have, or must not have; `mentions` the
    words of which a text must contain one, in any case; `at_least` and `at_most` bounds of numbers,
    both included; `given` columns that must have a value. A row counts as 1 unless one of the
    weights is given: `total` (a number column), `measures`, `elapsed`, `weighed`, `active`.
    """

    listing: str
    where: Mapping[str, tuple[str, ...]] | None = None
    unless: Mapping[str, tuple[str, ...]] | None = None
    dated: Dated | None = None
    standing: Standing | None = None
    on_time: OnTime | None = None
    stopped_before: StoppedBefore | None = None
    active: Active | None = None
    total: str | None = None
    measures: Measures | None = None
    elapsed: Elapsed | None = None
    weighed: Weighed | None = None
    mentions: Mapping[str, tuple[str, ...]] | None = None
    at_least: Mapping[str, float] | None = None
    at_most: Mapping[str, float] | None = None
    given: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse two ways to weigh a row."""
        ways = (self.active, self.total, self.measures, self.elapsed, self.weighed)
        if sum(way is not None for way in ways) > 1:
            raise ValueError(
                "a row weighs by one of active, total, measures, elapsed and weighed, not by two"
            )

    @property
    def weight(self) -> Weight | None:
        """How a row weighs; None where it counts as 1."""
        if self.total:
            return Measures({self.total: 1.0})
        return self.active or self.measures or self.elapsed or self.weighed

    @property
    def values(self) -> Values:
        """The conditions on values alone."""
        return Values(
            self.where or {},
            self.unless or {},
            self.mentions or {},
            self.at_least or {},
            self.at_most or {},
            self.given,
        )


@dataclass(frozen=True)
class Chosen:
    """One entry per row: counted or not, left out as undated or unknown, and its weight.

    `known` holds the rows of the right sort, whether or not they lie in the time asked for.
    """

    mask: Array
    undated: Array
    unknown: Array
    known: Array
    weight: Array


def columns(cases: Cases) -> dict[str, str]:
    """Return the columns that are read, with their dtype."""
    texts, days = [], []
    if cases.dated:
        days.append(cases.dated.column)
    if cases.standing:
        texts += [cases.standing.state] if cases.standing.state else []
        days += [cases.standing.opened, cases.standing.closed]
    if cases.on_time:
        days += [cases.on_time.done, cases.on_time.due]
    if cases.stopped_before:
        days += [cases.stopped_before.stopped, cases.stopped_before.day]
    return (
        value_columns(cases.values)
        | dict.fromkeys(texts, "str")
        | dict.fromkeys(days, "datetime64[us]")
        | (weight_columns(cases.weight) if cases.weight else {})
    )


def filled(cases: Cases) -> tuple[str, ...]:
    """Return the columns that cannot be blank in every row: without them nothing can be judged."""
    names = [*value_filled(cases.values)]
    if cases.dated and cases.dated.undated is Undated.APART:
        names.append(cases.dated.column)
    if cases.on_time:
        names.append(cases.on_time.due)
    if cases.weight:
        names += weight_filled(cases.weight)
    return tuple(names)


@remembered
def choose(table: pd.DataFrame, cases: Cases, window: Window) -> Chosen:
    """Return which rows count."""
    known, unknown = judged(table, cases.values)
    mask, weight = known, np.ones(len(table), int)
    undated = np.zeros(len(table), bool)
    if cases.dated:
        day = days_of(table[cases.dated.column], missing=NEVER)
        undated = known & (day == NEVER)
        mask = mask & (within(day, cases.dated.within, window) | _kept(undated, cases.dated))
    if cases.standing:
        mask = mask & _standing(table, cases.standing, window.cutoff_date)
    if cases.on_time:
        mask = mask & _on_time(table, cases.on_time, window.cutoff_date)
    if cases.stopped_before:
        mask = mask & ~_stopped_before(table, cases.stopped_before)
    if cases.weight:
        number = weigh(table, cases.weight, window)
        unknown = unknown | (mask & np.isnan(number))
        mask, weight = mask & ~np.isnan(number), np.nan_to_num(number)
    if cases.active:
        mask = mask & (weight > 0)
    return Chosen(mask, undated, unknown, known, weight)


def within(day: Array, span: Span, window: Window) -> Array:
    """Return which days lie in the span."""
    begins = True if span is Span.CUTOFF else day >= span_start(span, window)
    return np.asarray((day <= day_number(window.cutoff_date)) & begins)


def _kept(undated: Array, dated: Dated) -> Array:
    return undated & (dated.undated is Undated.COUNTED)


def _standing(table: pd.DataFrame, columns: Standing, cutoff_date: date) -> Array:
    state = table[columns.state] if columns.state else None
    opened, left = standing(table[columns.opened], table[columns.closed], state)
    cutoff = day_number(months_before(cutoff_date, columns.months_before))
    return np.asarray((opened <= cutoff) & (left > cutoff))


def _on_time(table: pd.DataFrame, columns: OnTime, cutoff_date: date) -> Array:
    done = days_of(table[columns.done], missing=NEVER)
    due = days_of(table[columns.due], missing=NEVER)
    return np.asarray((done <= due) & (done <= day_number(cutoff_date)) & (due < NEVER))


def _stopped_before(table: pd.DataFrame, columns: StoppedBefore) -> Array:
    stopped = days_of(table[columns.stopped], missing=NEVER)
    return np.asarray(stopped < days_of(table[columns.day], missing=NEVER))
