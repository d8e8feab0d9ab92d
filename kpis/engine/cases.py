"""Which rows of a listing count for a KPI, told by parameters: the part that all formulas share.

A row is judged by what it says, never by what is usual: a row that does not say what a condition
asks for is `unknown`, a row without the day that places it in time is `undated`; both are counted
apart, so that a reader sees how much the value leaves out. Days are UTC calendar days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd

from kpis.engine.shapes import Array, Window
from kpis.engine.times import NEVER, day_number, days_of, month_position, standing


class Span(StrEnum):
    """Which days count."""

    PERIOD = "period"  # from the first day of the period to the cut-off
    CUTOFF = "cutoff"  # everything up to the cut-off


class Undated(StrEnum):
    """What happens to a row without a day."""

    COUNTED = "counted"  # it stands in a listing made at the cut-off, so it happened before it
    APART = "apart"


@dataclass(frozen=True)
class Dated:
    """Rows count by the day in `column`; what has no day is treated as `undated` says."""

    column: str
    within: Span
    undated: Undated = Undated.APART

    def __post_init__(self) -> None:
        """Refuse undated rows in a period: nothing says that they belong to it."""
        if self.within is Span.PERIOD and self.undated is Undated.COUNTED:
            raise ValueError("dated: rows without a day cannot be counted within a period")


@dataclass(frozen=True)
class Standing:
    """Only cases that are open at the end of the cut-off day (see `times.standing`)."""

    opened: str
    closed: str
    state: str


@dataclass(frozen=True)
class OnTime:
    """Only cases done by the cut-off, on or before the day that was due."""

    done: str
    due: str


@dataclass(frozen=True)
class StoppedBefore:
    """Leaves out cases that were stopped before a day of theirs, such as the day they were due."""

    stopped: str
    day: str


@dataclass(frozen=True)
class Active:
    """Each row weighs the months it was active within the period: from `begun` to `ended`.

    Both days are included. A month that is active in part counts its part: days / days of month.
    """

    begun: str
    ended: str


@dataclass(frozen=True)
class Cases:
    """The rows of `listing` that count. Every condition given must hold.

    `where` and `unless` give the values that a column must have, or must not have. `total` names
    a number column: each row then weighs its number instead of 1 (blank: unknown).
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

    def __post_init__(self) -> None:
        """Refuse two ways to weigh a row."""
        if self.active and self.total:
            raise ValueError("a row weighs by active or by total, not by both")


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
    texts = [*(cases.where or ()), *(cases.unless or ())]
    days = []
    if cases.dated:
        days.append(cases.dated.column)
    if cases.standing:
        texts.append(cases.standing.state)
        days += [cases.standing.opened, cases.standing.closed]
    if cases.on_time:
        days += [cases.on_time.done, cases.on_time.due]
    if cases.stopped_before:
        days += [cases.stopped_before.stopped, cases.stopped_before.day]
    if cases.active:
        days += [cases.active.begun, cases.active.ended]
    numbers = [cases.total] if cases.total else []
    return (
        dict.fromkeys(texts, "str")
        | dict.fromkeys(days, "datetime64[us]")
        | dict.fromkeys(numbers, "Float64")
    )


def filled(cases: Cases) -> tuple[str, ...]:
    """Return the columns that cannot be blank in every row: without them nothing can be judged."""
    names = [*(cases.where or ())]
    if cases.dated and cases.dated.undated is Undated.APART:
        names.append(cases.dated.column)
    if cases.on_time:
        names.append(cases.on_time.due)
    if cases.active:
        names.append(cases.active.begun)
    if cases.total:
        names.append(cases.total)
    return tuple(names)


def choose(table: pd.DataFrame, cases: Cases, window: Window) -> Chosen:
    """Return which rows count."""
    everything = np.ones(len(table), bool)
    known, unknown = everything, ~everything
    for name, values in (cases.where or {}).items():
        known = known & table[name].isin(list(values)).to_numpy(bool)
        unknown = unknown | table[name].isna().to_numpy(bool)
    for name, values in (cases.unless or {}).items():
        out = table[name].isin(list(values)).to_numpy(bool)
        known, unknown = known & ~out, unknown & ~out
    mask, weight = known, np.ones(len(table), int)
    undated = ~everything
    if cases.dated:
        day = days_of(table[cases.dated.column], missing=NEVER)
        undated = known & (day == NEVER)
        mask = mask & (_within(day, cases.dated.within, window) | _kept(undated, cases.dated))
    if cases.standing:
        mask = mask & _standing(table, cases.standing, window.cutoff_date)
    if cases.on_time:
        mask = mask & _on_time(table, cases.on_time, window.cutoff_date)
    if cases.stopped_before:
        mask = mask & ~_stopped_before(table, cases.stopped_before)
    if cases.active:
        weight = _active_months(table, cases.active, window)
        mask = mask & (weight > 0)
    if cases.total:
        number = table[cases.total].to_numpy("float64", na_value=np.nan)
        unknown = unknown | (mask & np.isnan(number))
        mask, weight = mask & ~np.isnan(number), np.nan_to_num(number)
    return Chosen(mask, undated, unknown, known, weight)


def _within(day: Array, span: Span, window: Window) -> Array:
    begins = span is Span.CUTOFF or (day >= day_number(window.period_start))
    return np.asarray((day <= day_number(window.cutoff_date)) & begins)


def _kept(undated: Array, dated: Dated) -> Array:
    return undated & (dated.undated is Undated.COUNTED)


def _standing(table: pd.DataFrame, columns: Standing, cutoff_date: date) -> Array:
    opened, left = standing(table[columns.opened], table[columns.closed], table[columns.state])
    cutoff = day_number(cutoff_date)
    return np.asarray((opened <= cutoff) & (left > cutoff))


def _on_time(table: pd.DataFrame, columns: OnTime, cutoff_date: date) -> Array:
    done = days_of(table[columns.done], missing=NEVER)
    due = days_of(table[columns.due], missing=NEVER)
    return np.asarray((done <= due) & (done <= day_number(cutoff_date)) & (due < NEVER))


def _stopped_before(table: pd.DataFrame, columns: StoppedBefore) -> Array:
    stopped = days_of(table[columns.stopped], missing=NEVER)
    return np.asarray(stopped < days_of(table[columns.day], missing=NEVER))


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
