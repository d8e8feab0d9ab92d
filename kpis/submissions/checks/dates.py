"""Rules about dates of any listing: after the cut-off, in the wrong order, impossible, swapped."""

from collections.abc import Iterator

import pandas as pd

from kpis.engine.tables import Column
from kpis.submissions.checks.naming import Checked, Sentences, shown
from kpis.submissions.checks.relations import is_planned, relations_of
from kpis.submissions.reading.problems import Problem

FIRST_YEAR = 1990  # before, no date of a running study can lie


def date_columns(checked: Checked) -> Iterator[Column]:
    """Yield the columns of dates that say something."""
    for column in checked.listing.columns:
        if column.kind in {"date", "datetime"} and checked.has(column.name):
            yield column


def check_after_cutoff(checked: Checked) -> list[Problem]:
    """Return a warning for each date of something that happened after the cut-off.

    Where most such dates would lie before it with day and month changed over, that is asked.
    """
    cutoff = checked.context.cutoff_date
    end = pd.Timestamp(cutoff)
    found: list[Problem] = []
    for column in date_columns(checked):
        if is_planned(column):
            continue
        dates = checked.table[column.name]
        late = dates.dt.normalize() > end
        if not late.any():
            continue
        swapped = late & (_day_for_month(dates) <= end)
        found += checked.rows(
            swapped,
            "day-month-swapped",
            column.name,
            _about(
                dates,
                "{date} lies after the data cut-off of {cutoff}; with day and month changed over"
                " it does not. Write dates as 2025-09-03, look at the others of the column, or"
                " explain.",
                cutoff=cutoff,
            ),
        )
        found += checked.rows(
            late & ~swapped,
            "after-cutoff",
            column.name,
            _about(
                dates,
                "{title} is {date}, after the data cut-off of {cutoff}. Correct the date or the"
                " cut-off, or explain.",
                title=column.title,
                cutoff=cutoff,
            ),
        )
    return found


def _about(dates: pd.Series, words: str, **named: object) -> Sentences:
    return lambda at: shown(dates[at]).map(lambda day: words.format(date=day, **named))


def _day_for_month(dates: pd.Series) -> pd.Series:
    """Return the dates with day and month changed over; NaT where that is no date."""
    swappable = (dates.dt.day <= 12) & (dates.dt.day != dates.dt.month)
    some = dates[swappable]
    parts = pd.DataFrame({"year": some.dt.year, "month": some.dt.day, "day": some.dt.month})
    return pd.to_datetime(parts).astype("datetime64[us]").reindex(dates.index)


def check_too_old(checked: Checked) -> list[Problem]:
    """Return a warning for each date that no running study has, such as 1900-01-00 of Excel."""
    found: list[Problem] = []
    for column in date_columns(checked):
        years = checked.table[column.name].dt.year
        found += checked.rows(
            years < FIRST_YEAR,
            "date-too-old",
            column.name,
            f"{column.title} lies before {FIRST_YEAR}. A blank or a 0 shown as a date gives 1900,"
            " the wrong calendar of Excel moves dates by four years. Correct it, or explain.",
        )
    return found


def check_order(checked: Checked) -> list[Problem]:
    """Return an error for each date before one that must come first.

    Where either carries no time of day, only the days are compared.
    """
    found: list[Problem] = []
    table = checked.table
    for chain in relations_of(checked.listing).chains:
        names = [name for name in chain if checked.has(name)]
        for place, later in enumerate(names):
            broken = pd.Series(False, table.index)
            for earlier in reversed(names[:place]):
                early = before(table[later], table[earlier]) & ~broken
                broken |= early
                found += checked.rows(
                    early, "dates-out-of-order", later, _in_order(checked, earlier, later)
                )
    return found


def _in_order(checked: Checked, earlier: str, later: str) -> Sentences:
    table = checked.table
    first, second = (checked.listing.column(name).title for name in (earlier, later))
    return lambda at: (
        f"{second} is "
        + shown(table.loc[at, later])
        + f", before {first}, "
        + shown(table.loc[at, earlier])
        + ". Correct one of the dates."
    )


def before(later: pd.Series, earlier: pd.Series) -> "pd.Series[bool]":
    """Compare to the second only where both carry a time of day; else by the day."""
    bare = (later == later.dt.normalize()) | (earlier == earlier.dt.normalize())
    return (later < earlier).where(~bare, later.dt.normalize() < earlier.dt.normalize())


def check_extracted(checked: Checked) -> list[Problem]:
    """Return a warning where data were taken out of the system before the period ended."""
    if not checked.has("extracted_on"):
        return []
    cutoff = checked.context.cutoff_date
    taken = checked.table["extracted_on"].dt.normalize()
    early = taken < pd.Timestamp(cutoff)
    if not early.any():
        return []
    day = shown(taken[early]).iloc[0]
    return checked.once(
        early,
        "extracted-before-cutoff",
        "extracted_on",
        f"{int(early.sum()):,} rows were extracted on {day}, before the data cut-off of {cutoff}:"
        " the last days are missing. Send an extract made after the cut-off, or correct it.",
    )
