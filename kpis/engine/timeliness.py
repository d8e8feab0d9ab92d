"""How many cases were done by the day or hour on which they were due.

Source: the due-date performance of service agreements, and the clocks of safety reporting (ICH E2A:
7 and 15 calendar days). A case that fell due and is not done is not on time: a figure over finished
cases alone would get better the longer the late ones are left undone.

A case is due on a day of its own, or so long after it started. Calendar days run to the end of the
last day; business days are Monday to Friday, public holidays not taken out; hours run to the
minute. Times are UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kpis.engine import cases, tallies
from kpis.engine.cases import Cases
from kpis.engine.conditions import Span, Split
from kpis.engine.deadlines import Allowed, due_moments
from kpis.engine.remembering import remembered
from kpis.engine.shapes import Array, Figures, Formula, Rows, Selection, Tables, Units, Window
from kpis.engine.statistics import spread
from kpis.engine.times import DAY, NEVER, last_moment, moments_of


@dataclass(frozen=True)
class TimelinessParameters:
    """What is due, when, and when it was done.

    Either `due` names the column of the day that is due, or `allowed` says how long after a start.
    The cases of `whole` count whose due moment lies in `within`; a case in whose column `stopped` a
    day before that stands is left out. With `only_done` only cases that were done in `within` count
    (documents filed in the period), whenever they were due: what is not done is then the business
    of another KPI.
    """

    whole: Cases
    done: str
    within: Span
    due: str | None = None
    allowed: Allowed | None = None
    stopped: str | None = None
    only_done: bool = False
    split: Split | None = None

    def __post_init__(self) -> None:
        """Refuse what leaves open when a case is due."""
        if (self.due is None) is (self.allowed is None):
            raise ValueError("give either due or allowed")
        if self.whole.weight:
            raise ValueError("timeliness counts cases; it adds nothing up")


@dataclass(frozen=True)
class _Timed:
    """One entry per row: counted, on time, and why not; `undated` has no day that is due."""

    whole: Array
    on_time: Array
    overdue: Array
    undated: Array
    unknown: Array
    stopped: Array


def columns(parameters: TimelinessParameters) -> dict[str, dict[str, str]]:
    """Return listing → column → dtype."""
    days = [parameters.done, parameters.due, parameters.stopped]
    read = cases.columns(parameters.whole)
    read |= dict.fromkeys([name for name in days if name], "datetime64[us]")
    if parameters.allowed:
        read |= parameters.allowed.columns
    if parameters.split:
        read[parameters.split.column] = "str"
    return {parameters.whole.listing: read}


def filled(parameters: TimelinessParameters) -> Mapping[str, tuple[str, ...]]:
    """Return listing → columns that cannot be blank throughout."""
    names = parameters.allowed.columns if parameters.allowed else (str(parameters.due),)
    return {parameters.whole.listing: (*cases.filled(parameters.whole), *names)}


def select(tables: Tables, window: Window, parameters: TimelinessParameters) -> Selection:
    """Return the cases on time (numerator) and all that count (denominator)."""
    timed = _timed(tables, window, parameters)
    listing = parameters.whole.listing
    return Selection(Rows(listing, timed.on_time), Rows(listing, timed.whole))


def figures(
    tables: Tables, units: Units, window: Window, parameters: TimelinessParameters
) -> Figures:
    """Return 100 × on time / due per unit.

    Detail, counts of rows: late (done after they were due) and overdue (due and not done), which
    are in the denominator; stopped, undated and unknown, which are not; `by_<column>` of the cases
    that are late or overdue, with `split`.
    """
    listing = parameters.whole.listing
    timed = _timed(tables, window, parameters)
    codes, size = units.codes[listing], len(units.keys)
    numerator = np.bincount(codes[timed.on_time], minlength=size)
    denominator = np.bincount(codes[timed.whole], minlength=size)
    missed = timed.whole & ~timed.on_time
    detail: dict[str, Array | Mapping[str, Array]] = {
        "late": np.bincount(codes[missed & ~timed.overdue], minlength=size),
        "overdue": np.bincount(codes[timed.overdue], minlength=size),
        "stopped": np.bincount(codes[timed.stopped], minlength=size),
        "undated": np.bincount(codes[timed.undated], minlength=size),
        "unknown": np.bincount(codes[timed.unknown], minlength=size),
    }
    if parameters.split:
        words = tables[listing][parameters.split.column]
        detail |= tallies.apart(words, parameters.split, missed, codes, size)
    over = denominator > 0
    value = spread(100 * numerator[over] / denominator[over], over=over)
    return Figures(numerator, denominator, value, detail)


@remembered
def _timed(tables: Tables, window: Window, parameters: TimelinessParameters) -> _Timed:
    table = tables[parameters.whole.listing]
    chosen = cases.choose(table, parameters.whole, window)
    cutoff = last_moment(window.cutoff_date)
    done = moments_of(table[parameters.done], missing=NEVER)
    if parameters.allowed:
        due = due_moments(table, parameters.allowed)
    else:
        due = _end_of_day(moments_of(table[str(parameters.due)], missing=NEVER))
    placed = done if parameters.only_done else due
    counted = chosen.mask & (due != NEVER) & cases.within(_day(placed), parameters.within, window)
    stopped = np.zeros(len(table), bool)
    if parameters.stopped:
        stop = moments_of(table[parameters.stopped], missing=NEVER)
        stopped = counted & (stop <= due) & (stop < done) & (stop <= cutoff)
        counted = counted & ~stopped
    finished = done <= cutoff
    return _Timed(
        whole=counted,
        on_time=counted & finished & (done <= due),
        overdue=counted & ~finished,
        undated=chosen.undated | (chosen.mask & (due == NEVER)),
        unknown=chosen.unknown,
        stopped=stopped,
    )


def _day(moment: Array) -> Array:
    return np.where(moment == NEVER, NEVER, moment // DAY)


def _end_of_day(moment: Array) -> Array:
    return np.where(moment == NEVER, NEVER, (moment // DAY + 1) * DAY - 1)


TIMELINESS = Formula(
    name="timeliness",
    words=(
        "Of the cases that fell due in the time asked for, the percentage done by then. A case is "
        "due on a day of its own, or so many calendar days, business days (Monday to Friday) or "
        "hours after it started. A case that fell due and is not done counts as not on time; one "
        "that was stopped before it was due is left out and counted apart, as is one of which "
        "nothing says when it was due. Reads one row per case; tells late from overdue."
    ),
    line="{factor}{numerator} / {denominator}",
    parameters=TimelinessParameters,
    columns=columns,
    filled=filled,
    select=select,
    figures=figures,
)
