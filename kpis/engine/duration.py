"""How long cases take from start to end, with those that have not ended.

Source: Kaplan and Meier, Nonparametric estimation from incomplete observations (JASA 53, 1958);
interval of the median by Brookmeyer and Crowley (Biometrics 38, 1982) on the log-log scale.

A case that started by the cut-off counts. It ended when its end lies on or before the cut-off;
otherwise it is open and *censored*: it took longer than the days seen so far. Leaving open cases
out would make the figure better the more cases are stuck. A case that was stopped (a requisition
withdrawn) is censored on that day. Times are whole calendar days, start to end, or full hours.

A cohort of endings (the queries closed in the period) is the other way to ask: it has no open
cases, and says nothing about those that wait. It needs the ageing of the stock beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from kpis.engine import cases
from kpis.engine.duration_parameters import DurationParameters, Step
from kpis.engine.remembering import remembered
from kpis.engine.shapes import Array, Figures, Formula, Rows, Selection, Tables, Units, Window
from kpis.engine.statistics import Survival, kaplan_meier
from kpis.engine.times import DAY, HOUR, NEVER, last_moment, moments_of


@dataclass(frozen=True)
class _Spans:
    """One entry per row: counted, ended, days; `backwards` rows end before they start."""

    counted: Array
    ended: Array
    stopped: Array
    days: Array
    backwards: Array
    undated: Array
    unknown: Array = field(repr=False)


def columns(parameters: DurationParameters) -> dict[str, dict[str, str]]:
    """Return listing → column → dtype."""
    days = [
        parameters.started,
        parameters.ended,
        *([parameters.stopped] if parameters.stopped else []),
    ]
    read = cases.columns(parameters.cases) | dict.fromkeys(days, "datetime64[us]")
    return {parameters.listing: read}


def filled(parameters: DurationParameters) -> Mapping[str, tuple[str, ...]]:
    """Return listing → columns that cannot be blank throughout."""
    names = (parameters.started, *cases.filled(parameters.cases))
    return {parameters.listing: tuple(dict.fromkeys(names))}


def select(tables: Tables, window: Window, parameters: DurationParameters) -> Selection:
    """Return the ended cases (numerator) and all that count (denominator)."""
    spans = _spans(tables, window, parameters)
    return Selection(
        Rows(parameters.listing, spans.counted & spans.ended),
        Rows(parameters.listing, spans.counted),
    )


def figures(
    tables: Tables, units: Units, window: Window, parameters: DurationParameters
) -> Figures:
    """Return the median (or another quantile) per unit; without it, a lower bound.

    Numerator: ended cases, denominator: all. Detail: open, stopped; p25, p75, low and high (95 %
    interval of the value) in days or hours; not_reached; longest_open in days; undated, unknown and
    backwards rows, which do not count; survival, at_risk and censored by day (the curve: keys are
    days as text, rising).
    """
    spans = _spans(tables, window, parameters)
    codes = units.codes[parameters.listing]
    size = len(units.keys)
    total = np.bincount(codes[spans.counted], minlength=size)
    members = _members(codes, spans.counted, total)
    curves = [kaplan_meier(spans.days[rows], ended=spans.ended[rows]) for rows in members]
    open_rows = spans.counted & ~spans.ended & ~spans.stopped
    median = [curve.quantile(parameters.share) for curve in curves]
    reached = np.array([number is not None for number in median], bool)
    detail: dict[str, Array | Mapping[str, Array]] = {
        "open": np.bincount(codes[open_rows], minlength=size),
        "stopped": np.bincount(codes[spans.counted & spans.stopped], minlength=size),
        "p25": _numbers([curve.quantile(0.25) for curve in curves]),
        "p75": _numbers([curve.quantile(0.75) for curve in curves]),
        "low": _numbers([curve.interval(parameters.share)[0] for curve in curves]),
        "high": _numbers([curve.interval(parameters.share)[1] for curve in curves]),
        "not_reached": (total > 0) & ~reached,
        "longest_open": _numbers(
            [max(spans.days[rows[open_rows[rows]]].tolist(), default=None) for rows in members]
        ),
        "undated": np.bincount(codes[spans.undated], minlength=size),
        "unknown": np.bincount(codes[spans.unknown], minlength=size),
        "backwards": np.bincount(codes[spans.backwards], minlength=size),
        **_curves(curves),
    }
    bound = [
        None if found is not None else curve.longest
        for found, curve in zip(median, curves, strict=True)
    ]
    ended = np.bincount(codes[spans.counted & spans.ended], minlength=size)
    return Figures(ended, total, _numbers(median), detail, lower_bound=_numbers(bound))


@remembered
def _spans(tables: Tables, window: Window, parameters: DurationParameters) -> _Spans:
    table = tables[parameters.listing]
    chosen = cases.choose(table, parameters.cases, window)
    cutoff = last_moment(window.cutoff_date)
    length = DAY if parameters.unit is Step.DAYS else HOUR
    start = moments_of(table[parameters.started], missing=NEVER)
    end = moments_of(table[parameters.ended], missing=NEVER)
    stop = np.full(len(table), NEVER)
    if parameters.stopped:
        stop = moments_of(table[parameters.stopped], missing=NEVER)
    if parameters.unit is Step.DAYS:  # a day is one moment: its hours make nobody late
        start, end, stop = (_midnight(moment) for moment in (start, end, stop))
    ended = (end <= cutoff) & (end <= stop)
    stopped = (stop <= cutoff) & ~ended
    until = np.minimum(np.minimum(end, stop), cutoff)
    undated = chosen.undated | (chosen.mask & (start == NEVER))
    backwards = chosen.mask & ~undated & (until < start)
    counted = chosen.mask & ~undated & ~backwards
    days = np.where(counted, until - np.where(counted, start, 0), 0) // length
    return _Spans(
        counted, ended & counted, stopped & counted, days, backwards, undated, chosen.unknown
    )


def _midnight(moment: Array) -> Array:
    return np.where(moment == NEVER, NEVER, moment // DAY * DAY)


def _members(codes: Array, counted: Array, total: Array) -> list[Array]:
    """Return the counted rows of each unit, in their order, from one sort over all of them."""
    rows = np.flatnonzero(counted)
    rows = rows[np.argsort(codes[rows], kind="stable")]
    return np.split(rows, np.cumsum(total)[:-1])[: len(total)]


def _numbers(values: list[float | None] | list[int | None]) -> Array:
    """Return an array of plain numbers and None."""
    return np.array([*values, None], dtype=object)[:-1]


def _curves(curves: list[Survival]) -> dict[str, Array]:
    def mappings(name: str) -> Array:
        found = [dict(getattr(curve, name)) for curve in curves]
        return np.array([*found, None], dtype=object)[:-1]

    return {name: mappings(name) for name in ("survival", "at_risk", "censored")}


DURATION = Formula(
    name="duration",
    words=(
        "Median calendar days (or full hours) from start to end of all cases that started by the "
        "cut-off, by the Kaplan-Meier method: a case that has not ended by then counts as longer "
        "than the days seen so far, one that was stopped likewise on that day. The median is the "
        "first day by which at least half have ended. While it is not reached there is no value; "
        "the longest time seen is then a lower bound, which can make the status worse and never "
        "better. Reads one row per case; gives quartiles, the 95 % interval of the median "
        "(Brookmeyer-Crowley, log-log) and the curve. Cases of several units are pooled, medians "
        "are never averaged. A KPI may ask for another share than half, such as the 90th "
        "percentile, or for the cases that ended in the period alone; these include no open case."
    ),
    line="{quantile} {steps}: {numerator}, over {denominator}",
    parameters=DurationParameters,
    columns=columns,
    filled=filled,
    select=select,
    figures=figures,
)
