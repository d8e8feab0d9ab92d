"""Ageing of a stock: of all cases open at the cut-off, which share is older than so many days.

Source: the fields of a case listing (opened, closed, state) as every EDC and action log has them;
the share beyond an age is the ageing report of accounting, applied to open work.

A case is OPEN at the cut-off when it was opened on or before that day and not closed by its end. A
case whose state says closed without a closing date counts as closed: it is reported closed, and
nothing says that it was still open. A case without an opening day cannot be dated and is not
counted; intake refuses it. Age is whole calendar days, opening day to cut-off day; "older than 14"
means 15 or more. Times are UTC.

An open case counts as answered when the listing calls it answered and no later answering day than
the cut-off contradicts that, or when it was closed after the cut-off and answered by then. What the
listing calls open is open, also when an earlier answer was rejected.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from kpis.engine import cases
from kpis.engine.cases import Cases
from kpis.engine.ledger import (
    NEVER_OPENED,
    Ledger,
    age_quantile,
    oldest_first,
    percent,
    short,
)
from kpis.engine.shapes import Array, Figures, Formula, Rows, Selection, Tables, Units, Window
from kpis.engine.statistics import spread
from kpis.engine.times import NEVER, day_number, days_of, standing

ANY_DAY = date(1970, 1, 1)


@dataclass(frozen=True)
class AgeingParameters:
    """What a KPI chooses: the listing, its columns, the age that counts, the buckets shown.

    `buckets` are upper edges in days, ascending: (3, 7) gives 0-3, 4-7 and >7. `also_older_than`
    are further ages whose number and share are shown. Without `answered`, no state is split.
    """

    listing: str
    opened: str
    closed: str
    older_than: int
    also_older_than: tuple[int, ...]
    buckets: tuple[int, ...]
    state: str | None = None
    answered: str | None = None
    where: Mapping[str, tuple[str, ...]] | None = None
    unless: Mapping[str, tuple[str, ...]] | None = None

    def __post_init__(self) -> None:
        """Refuse buckets that do not rise."""
        if not self.buckets or list(self.buckets) != sorted(set(self.buckets)):
            raise ValueError("buckets must be upper edges in rising order")
        if self.answered and not self.state:
            raise ValueError("answered cases are told apart by their state")

    @property
    def cases(self) -> Cases:
        """The cases that count, whether open or not."""
        return Cases(self.listing, where=self.where, unless=self.unless)


def columns(parameters: AgeingParameters) -> dict[str, dict[str, str]]:
    """Return listing → column → dtype."""
    times = [parameters.opened, parameters.closed]
    if parameters.answered:
        times.append(parameters.answered)
    texts = {parameters.state: "str"} if parameters.state else {}
    read = cases.columns(parameters.cases) | texts | dict.fromkeys(times, "datetime64[us]")
    return {parameters.listing: read}


def filled(parameters: AgeingParameters) -> Mapping[str, tuple[str, ...]]:
    """Return listing → columns that cannot be blank throughout: those of the conditions."""
    return {parameters.listing: cases.filled(parameters.cases)}


def select(tables: Tables, window: Window, parameters: AgeingParameters) -> Selection:
    """Return the open rows (denominator) and those older than the age that counts (numerator)."""
    table = tables[parameters.listing]
    state = table[parameters.state] if parameters.state else None
    opened, left = standing(table[parameters.opened], table[parameters.closed], state)
    cutoff = day_number(window.cutoff_date)
    stock = (opened <= cutoff) & (left > cutoff)
    if parameters.where or parameters.unless:
        stock = stock & cases.choose(table, parameters.cases, window).mask
    old = stock & (opened < cutoff - parameters.older_than)
    return Selection(Rows(parameters.listing, old), Rows(parameters.listing, stock))


def ledger(tables: Tables, units: Units, parameters: AgeingParameters) -> Ledger:
    """Read the days of all rows, whatever the cut-off."""
    table = tables[parameters.listing]
    state = table[parameters.state] if parameters.state else None
    days = standing(table[parameters.opened], table[parameters.closed], state)
    opened, left = (short(one) for one in days)
    if parameters.where or parameters.unless:
        opened = np.where(counted(table, parameters), opened, NEVER_OPENED)
    return Ledger(units.codes[parameters.listing], opened, left, len(units.keys))


def counted(table: pd.DataFrame, parameters: AgeingParameters) -> Array:
    """Return the mask of the cases that count, whether open or not: words choose, no day does."""
    any_day = Window(ANY_DAY, ANY_DAY)
    return cases.choose(table, parameters.cases, any_day).mask


def figures(tables: Tables, units: Units, window: Window, parameters: AgeingParameters) -> Figures:
    """Return share older than `older_than` in percent, with counts, ages and buckets per unit.

    Detail: open; open_state and answered_state (when `answered` is given); older_than_N and
    share_over_N (percent) for each age; median_age, p90_age, oldest_age in days; buckets.
    """
    of, cutoff = ledger(tables, units, parameters), day_number(window.cutoff_date)
    stock, size = of.standing(cutoff), of.size
    codes = of.units[stock]
    unit, age = oldest_first(codes, cutoff - of.opened[stock].astype(np.int64))
    total = np.bincount(unit, minlength=size)
    detail: dict[str, Array | Mapping[str, Array]] = {"open": total}
    if parameters.answered and parameters.state:
        standing_rows = tables[parameters.listing].iloc[stock]
        day = days_of(standing_rows[parameters.answered], missing=NEVER)
        answered = _answered(standing_rows[parameters.state], day, cutoff)
        settled = np.bincount(codes[answered], minlength=size)
        detail |= {"open_state": total - settled, "answered_state": settled}
    for days in (parameters.older_than, *parameters.also_older_than):
        beyond = np.bincount(unit[age > days], minlength=size)
        detail[f"older_than_{days}"] = beyond
        detail[f"share_over_{days}"] = percent(beyond, total)
    detail |= _ages(age, total)
    detail["buckets"] = _buckets(unit, age, size, parameters.buckets)
    old = detail[f"older_than_{parameters.older_than}"]
    assert isinstance(old, np.ndarray)  # noqa: S101  (for the type checker: set in the loop)
    return Figures(old, total, percent(old, total), detail)


def bucket_names(edges: tuple[int, ...]) -> tuple[str, ...]:
    """Return the names of the age buckets, youngest first: 0-3, 4-7, …, >30."""
    lows = (0, *(edge + 1 for edge in edges[:-1]))
    spans = [f"{low}-{high}" for low, high in zip(lows, edges, strict=True)]
    return (*spans, f">{edges[-1]}")


def _answered(state: "pd.Series[str]", day: Array, cutoff: int) -> Array:
    """Return which open cases had been answered by the cut-off; `day` is the answering day."""
    reported = (state == "answered").to_numpy(bool) & ((day <= cutoff) | (day == NEVER))
    return np.asarray(reported | ((state == "closed").to_numpy(bool) & (day <= cutoff)))


def _ages(age: Array, total: Array) -> dict[str, Array]:
    """Return median, 90th percentile and maximum; `age` is sorted by unit, oldest first."""
    filled = total > 0
    return {
        "median_age": age_quantile(age, total, 0.5),
        "p90_age": age_quantile(age, total, 0.9),
        "oldest_age": spread(age[(np.cumsum(total) - total)[filled]], over=filled),
    }


def _buckets(unit: Array, age: Array, size: int, edges: tuple[int, ...]) -> dict[str, Array]:
    names = bucket_names(edges)
    place = np.searchsorted(np.asarray(edges), age, side="left")
    counts = np.bincount(unit * len(names) + place, minlength=size * len(names))
    return dict(zip(names, counts.reshape(size, len(names)).T, strict=True))


STOCK_AGEING = Formula(
    name="stock_ageing",
    words=(
        "Of the cases open at the data cut-off, the share older than a number of calendar days. "
        "Opened on or before the cut-off day and not closed by its end is open; a case reported "
        "closed without a closing date is closed. Reads one row per case; gives percent, with the "
        "number and share beyond each age, the median and 90th percentile of age "
        "(linear interpolation between neighbours), the oldest age and counts by age."
    ),
    line="{factor}{numerator} / {denominator}",
    parameters=AgeingParameters,
    columns=columns,
    filled=filled,
    select=select,
    figures=figures,
)
