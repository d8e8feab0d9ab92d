"""The ratio of two measures: sums of numbers, counted rows, or one of each.

Source: a ratio of totals, as every operational figure with numerator and denominator uses it
(hours billed over hours available, leavers over head-count). Rolled up by adding numerators and
adding denominators, never by averaging ratios.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from kpis.engine import cases, tallies
from kpis.engine.cases import Cases, Chosen
from kpis.engine.conditions import Span
from kpis.engine.shapes import Array, Figures, Formula, Rows, Selection, Tables, Units, Window
from kpis.engine.statistics import spread
from kpis.engine.times import day_number, span_start


@dataclass(frozen=True)
class RatioParameters:
    """What is above and below the line, and by what the quotient is multiplied.

    `paired` is for two numbers that stand side by side in a row: a row counts only when both are
    known, or the ratio would compare different rows. With `per_day` the denominator is divided by
    the calendar days of its span: what comes in or goes out on a day. Then the value is a number of
    days (a backlog over the closures of a day).
    """

    numerator: Cases
    denominator: Cases
    factor: float
    paired: bool = False
    per_day: bool = False

    def __post_init__(self) -> None:
        """Refuse pairs from two listings, and a daily rate of what has no beginning."""
        if self.paired and self.numerator.listing != self.denominator.listing:
            raise ValueError("paired numbers stand in one listing")
        dated = self.denominator.dated
        if self.per_day and (dated is None or dated.within is Span.CUTOFF):
            raise ValueError("per_day needs a denominator that is dated within a period")


def columns(parameters: RatioParameters) -> dict[str, dict[str, str]]:
    """Return listing → column → dtype."""
    merged: dict[str, dict[str, str]] = {}
    for side in (parameters.numerator, parameters.denominator):
        merged[side.listing] = merged.get(side.listing, {}) | cases.columns(side)
    return merged


def filled(parameters: RatioParameters) -> Mapping[str, tuple[str, ...]]:
    """Return listing → columns that cannot be blank throughout."""
    found: dict[str, tuple[str, ...]] = {}
    for side in (parameters.numerator, parameters.denominator):
        found[side.listing] = (*found.get(side.listing, ()), *cases.filled(side))
    return found


def select(tables: Tables, window: Window, parameters: RatioParameters) -> Selection:
    """Return the rows above and below the line."""
    above, below = _chosen(tables, window, parameters)
    return Selection(
        Rows(parameters.numerator.listing, above.mask),
        Rows(parameters.denominator.listing, below.mask),
    )


def figures(tables: Tables, units: Units, window: Window, parameters: RatioParameters) -> Figures:
    """Return factor × numerator / denominator per unit; no value unless the denominator is above 0.

    Detail, counts of rows: undated and unknown of the numerator, denominator_undated and
    denominator_unknown; none of these is in the value.
    """
    above, below = _chosen(tables, window, parameters)
    codes = units.codes[parameters.numerator.listing]
    base_codes = units.codes[parameters.denominator.listing]
    size = len(units.keys)
    numerator = tallies.sums(above, codes, size)
    denominator = tallies.sums(below, base_codes, size)
    if parameters.per_day:
        denominator = denominator / days_below(parameters, window)
    over = denominator > 0
    detail = {
        "undated": np.bincount(codes[above.undated], minlength=size),
        "unknown": np.bincount(codes[above.unknown], minlength=size),
        "denominator_undated": np.bincount(base_codes[below.undated], minlength=size),
        "denominator_unknown": np.bincount(base_codes[below.unknown], minlength=size),
    }
    value = spread(parameters.factor * numerator[over] / denominator[over], over=over)
    return Figures(numerator, denominator, value, detail)


def _chosen(tables: Tables, window: Window, parameters: RatioParameters) -> tuple[Chosen, Chosen]:
    above, below = (
        cases.choose(tables[side.listing], side, window)
        for side in (parameters.numerator, parameters.denominator)
    )
    if not parameters.paired:
        return above, below
    return _within(above, below.unknown), _within(below, above.unknown)


def _within(chosen: Chosen, unknown: Array) -> Chosen:
    return replace(chosen, mask=chosen.mask & ~unknown)


def days_below(parameters: RatioParameters, window: Window) -> int:
    """Return the calendar days of the denominator's span, by which `per_day` divides."""
    dated = parameters.denominator.dated
    assert dated is not None  # noqa: S101 - refused by the parameters otherwise
    return day_number(window.cutoff_date) - span_start(dated.within, window) + 1


RATIO = Formula(
    name="ratio",
    words=(
        "One total over another: added numbers, counted rows, days taken, or units times prices. "
        "Each side says which rows of which listing count and in which time: the period, the "
        "trailing three or twelve months, or everything up to the data cut-off. A row whose number "
        "is not known is counted apart; where both numbers stand in one row, both must be known. "
        "Reads one row per thing measured."
    ),
    line="{factor}{numerator} / {denominator}",
    parameters=RatioParameters,
    columns=columns,
    filled=filled,
    select=select,
    figures=figures,
)
