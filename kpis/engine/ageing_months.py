"""Ageing of a stock at many cut-offs and in many units at once, from one sealed table.

The numbers are those of `ageing` for each cut-off alone. Left out for speed are buckets, the
oldest age and which cases were answered. The table is read once; a further month costs no more
than its own stock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kpis.engine.ageing import AgeingParameters
from kpis.engine.ledger import Ledger, age_quantile, oldest_first, percent
from kpis.engine.sealed import Source
from kpis.engine.sealed_ledger import sealed_ledger
from kpis.engine.shapes import Array, Key
from kpis.engine.times import day_number


@dataclass(frozen=True)
class MonthEnds:
    """The stock at several cut-offs: each array has a line per cut-off and a column per unit.

    Ages in days, shares in percent, both masked where nothing stands. `older_than` and
    `share_over` hold an array for each age that the KPI counts.
    """

    keys: tuple[Key, ...]
    cutoffs: tuple[date, ...]
    open: Array
    median_age: Array
    p90_age: Array
    older_than: Mapping[int, Array]
    share_over: Mapping[int, Array]


def month_ends(
    source: Source, parameters: AgeingParameters, *, by: Sequence[str], cutoffs: Sequence[date]
) -> MonthEnds:
    """Return the stock of a sealed table at each of `cutoffs`, at least one.

    Units are those of `units_of`: () is all rows together, and a unit with rows appears also where
    none of them ever stood. Raises KeyError for a column that the table does not have.
    """
    keys, of = sealed_ledger(source, parameters, by=by, cutoffs=cutoffs)
    ages = (parameters.older_than, *parameters.also_older_than)
    months = [_month(of, day_number(cutoff), ages) for cutoff in cutoffs]
    total, median, p90, *beyond = (np.ma.stack(lines) for lines in zip(*months, strict=True))
    older = dict(zip(ages, (found.data for found in beyond), strict=True))
    shares = {age: percent(found.ravel(), total.data.ravel()) for age, found in older.items()}
    return MonthEnds(
        keys=keys,
        cutoffs=tuple(cutoffs),
        open=total.data,
        median_age=median,
        p90_age=p90,
        older_than=older,
        share_over={age: share.reshape(total.shape) for age, share in shares.items()},
    )


def _month(of: Ledger, cutoff: int, ages: Sequence[int]) -> tuple[Array, ...]:
    """Return per unit the number, median and 90th percentile of age, and number beyond each age."""
    stock = of.standing(cutoff)
    unit, age = oldest_first(of.units[stock], cutoff - of.opened[stock])
    total = np.bincount(unit, minlength=of.size)
    beyond = (np.bincount(unit[age > days], minlength=of.size) for days in ages)
    return (total, age_quantile(age, total, 0.5), age_quantile(age, total, 0.9), *beyond)
