"""The reasons that the conditions of `Cases` give, in the order in which rows are asked.

First what speaks against a row, then what it does not say, then what it says otherwise, then its
days, and last what it weighs. So the rows that do not say, and those without their day, are the
very ones that the formulas count as unknown and undated.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kpis.engine import cases
from kpis.engine.cases import Active, Cases, Chosen, Dated
from kpis.engine.conditions import MONTHS_BEFORE, OnTime, Span, Standing, StoppedBefore, Undated
from kpis.engine.explaining.sieve import Role, Sieve, Step
from kpis.engine.explaining.words import column_words, day_words, either, lack_words, weight_words
from kpis.engine.shapes import Array, Window
from kpis.engine.times import (
    ALWAYS,
    NEVER,
    day_number,
    days_of,
    months_before,
    span_start,
    standing,
)
from kpis.engine.values import Values, judged


def drop_by(sieve: Sieve, asked: Cases, window: Window) -> Chosen:
    """Leave out the rows that do not count; return what the formulas choose."""
    chosen = cases.choose(sieve.table, asked, window)
    _by_values(sieve, asked.values)
    if asked.dated:
        by_day(sieve, asked.dated, window)
    if asked.standing:
        by_standing(sieve, asked.standing, window.cutoff_date)
    if asked.on_time:
        _by_due_day(sieve, asked.on_time, window.cutoff_date)
    if asked.stopped_before:
        _by_stop(sieve, asked.stopped_before)
    if isinstance(asked.weight, Active):
        sieve.keep("not active within the period", chosen.weight > 0)
    elif asked.weight:
        sieve.drop(lack_words(sieve.listing, asked.weight), chosen.unknown)
    return chosen


def weighed_step(sieve: Sieve, asked: Cases, chosen: Chosen, role: Role) -> Step:
    """End a step whose rows weigh what the cases say."""
    if asked.weight is None:
        return sieve.step(role)
    return sieve.step(role, weighs=weight_words(sieve.listing, asked.weight), weight=chosen.weight)


def by_day(sieve: Sieve, dated: Dated, window: Window) -> None:
    """Leave out rows by the day that places them in time."""
    title = column_words(sieve.listing, dated.column)
    day = days_of(sieve.table[dated.column], missing=NEVER)
    undated = day == NEVER
    if dated.undated is Undated.APART:
        sieve.drop(f"{title} has no day", undated)
    by_span(sieve, title, day, dated.within, window, spared=undated)


def by_span(
    sieve: Sieve, title: str, day: Array, within: Span, window: Window, *, spared: Array
) -> None:
    """Leave out days before the span and after the cut-off, except of the rows `spared`."""
    if within is not Span.CUTOFF:
        months = MONTHS_BEFORE.get(within, 0)
        first = window.period_start
        if months:
            first = months_before(first.replace(day=1), months)
        early = day < span_start(within, window)
        sieve.drop(f"{title} lies before {day_words(first)}", early & ~spared)
    late = day > day_number(window.cutoff_date)
    sieve.drop(f"{title} lies after the data cut-off", late & ~spared)


def by_standing(sieve: Sieve, columns: Standing, cutoff_date: date) -> None:
    """Leave out cases that are not open on the day."""
    day = months_before(cutoff_date, columns.months_before)
    begun, ended = (column_words(sieve.listing, one) for one in (columns.opened, columns.closed))
    state = sieve.table[columns.state] if columns.state else None
    opened, left = standing(sieve.table[columns.opened], sieve.table[columns.closed], state)
    sieve.drop(f"{begun} has no day", opened == NEVER)
    sieve.drop(f"{begun} lies after {day_words(day)}", opened > day_number(day))
    if columns.state:
        sieve.drop(f"reported closed, and {ended} has no day", left == ALWAYS)
    sieve.drop(f"{ended} lies on or before {day_words(day)}", left <= day_number(day))


def _by_due_day(sieve: Sieve, columns: OnTime, cutoff_date: date) -> None:
    done_title, due_title = (
        column_words(sieve.listing, one) for one in (columns.done, columns.due)
    )
    done = days_of(sieve.table[columns.done], missing=NEVER)
    due = days_of(sieve.table[columns.due], missing=NEVER)
    sieve.drop(f"{due_title} has no day", due == NEVER)
    sieve.drop("not done by the data cut-off", done > day_number(cutoff_date))
    sieve.drop(f"{done_title} lies after {due_title}", done > due)


def _by_stop(sieve: Sieve, columns: StoppedBefore) -> None:
    titles = [column_words(sieve.listing, one) for one in (columns.stopped, columns.day)]
    stopped = days_of(sieve.table[columns.stopped], missing=NEVER)
    day = days_of(sieve.table[columns.day], missing=NEVER)
    sieve.drop(f"{titles[0]} lies before {titles[1]}", stopped < day)


def _by_values(sieve: Sieve, values: Values) -> None:
    table, listing = sieve.table, sieve.listing
    for name, out in values.unless.items():
        rows = table[name].isin(list(out)).to_numpy(bool)
        sieve.drop(f"{column_words(listing, name)} is {either(out)}", rows)
    asked = (*values.where, *values.mentions, *values.at_least, *values.at_most)
    for name in dict.fromkeys(asked):
        blank = table[name].isna().to_numpy(bool)
        sieve.drop(f"{column_words(listing, name)} is blank", blank)
    for name, words, alone in _one_by_one(values):
        known, _ = judged(table, alone)
        sieve.keep(f"{column_words(listing, name)} {words}", known)


def _one_by_one(values: Values) -> Iterator[tuple[str, str, Values]]:
    """Yield column, what is said of a row that fails its condition, and the condition alone."""
    none = Values({}, {}, {}, {}, {}, ())
    for name, words in values.where.items():
        yield name, f"is not {either(words)}", replace(none, where={name: words})
    for name, words in values.mentions.items():
        yield name, f"does not mention {either(words)}", replace(none, mentions={name: words})
    for name, bound in values.at_least.items():
        yield name, f"is under {bound:g}", replace(none, at_least={name: bound})
    for name, bound in values.at_most.items():
        yield name, f"is over {bound:g}", replace(none, at_most={name: bound})
    for name in values.given:
        yield name, "has no value", replace(none, given=(name,))
