"""Rules about the months and spells that rows cover: overlapping, left out, not carried over."""

import pandas as pd

from kpis.submissions.checks.figures import figures
from kpis.submissions.checks.naming import Checked, plain, shown
from kpis.submissions.checks.relations import month_column, relations_of
from kpis.submissions.reading.problems import Problem


def check_months(checked: Checked) -> list[Problem]:
    """Return rows about the same month of the same thing, and months that no row is about."""
    month = month_column(checked.listing)
    if month is None or not checked.has(month):
        return []
    table = checked.table
    months = table[month].dt.to_period("M")
    keys = [name for name in checked.listing.key if name != month and name in table]
    same = table[keys].assign(_month=months).duplicated() & months.notna()
    same &= ~table.duplicated([*keys, month])  # the very same day is a row twice
    title = checked.listing.column(month).title
    found = checked.rows(
        same,
        "period-overlap",
        month,
        "another row is about the same month of the same thing, so days count twice. Join the two,"
        " or explain.",
    )
    some = months.dropna()
    missing = pd.period_range(some.min(), some.max(), freq="M").difference(pd.PeriodIndex(some))
    if len(missing):
        names = ", ".join(str(one) for one in missing[:12])
        found += checked.once(
            months > missing[0],
            "period-gap",
            month,
            f"No row has {names} as its {title.lower()}, though earlier and later months are there."
            " Add the rows, or explain.",
        )
    return found


def check_spells(checked: Checked) -> list[Problem]:
    """Return a warning where two spells of the same thing overlap, such as two outages."""
    spell = relations_of(checked.listing).spell
    if spell is None or not checked.has(*spell):
        return []
    begin, end = spell
    keys = [name for name in checked.listing.key if name != begin and name in checked.table]
    rows = checked.texts.sort_values([*keys, begin], kind="stable")
    names = rows[keys].fillna("")
    same = (names == names.shift()).all(axis=1)
    reached = rows[end].shift().where(same).reindex(checked.table.index)
    return checked.rows(
        checked.table[begin] < reached,
        "period-overlap",
        begin,
        lambda at: (
            "it begins before the one above it ended, "
            + shown(reached[at])
            + ", so the time counts twice. Correct the times, or explain."
        ),
    )


def check_carried_over(checked: Checked) -> list[Problem]:
    """Return a warning where a month does not begin with what the month before ended with."""
    leaving, month = relations_of(checked.listing).leaving, month_column(checked.listing)
    if leaving is None or month is None or not checked.has(month, leaving[0], leaving[2]):
        return []
    opening, _, closing = leaving
    keys = [name for name in checked.listing.key if name != month]
    rows = checked.texts
    before = checked.before
    if before is not None and closing in before:
        rows = pd.concat([before, checked.texts], keys=["then", "now"])
        again = rows.duplicated([*keys, month], keep="last")
        rows = rows[~again]
    else:
        rows = pd.concat([checked.texts], keys=["now"])
    rows = rows.sort_values([*keys, month], kind="stable")
    names, months = rows[keys].fillna(""), rows[month].dt.to_period("M")
    number = (months.dt.year * 12 + months.dt.month).astype(float)
    follows = (names == names.shift()).all(axis=1) & (number - number.shift() == 1)
    ended = rows[closing].astype("Float64").astype(float).shift().where(follows)
    ended = ended.xs("now").reindex(checked.table.index)
    began = figures(checked, opening)
    first, last = (checked.listing.column(name).title for name in (opening, closing))
    return checked.rows(
        ended.notna() & began.notna() & (ended != began),
        "opening-differs",
        opening,
        lambda at: (
            f"{first} is "
            + began[at].map(plain)
            + f", but {last} of the month before was "
            + ended[at].map(plain)
            + ". Correct one of them, or explain."
        ),
    )
