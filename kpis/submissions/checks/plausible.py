"""Rules about figures that may be true and rarely are: all zero, all round, exactly at a limit."""

import pandas as pd

from kpis.submissions.checks.dates import date_columns
from kpis.submissions.checks.figures import figures, number_columns, shares
from kpis.submissions.checks.naming import Checked
from kpis.submissions.checks.relations import is_count, is_planned, is_share
from kpis.submissions.reading.problems import Problem

ENOUGH = 20  # rows before a pattern says anything
FEW = 5
ROUND = 10


def check_zeros(checked: Checked) -> list[Problem]:
    """Return one warning for each count that is zero in every row."""
    found: list[Problem] = []
    for column in number_columns(checked):
        values = figures(checked, column.name).dropna()
        if len(values) < ENOUGH or not is_count(column) or values.any():
            continue
        found += checked.once(
            checked.table[column.name].notna(),
            "all-zero",
            column.name,
            f"{column.title} is 0 in all {len(values):,} rows. Was it counted? Correct it, or say"
            " that nothing happened.",
        )
    return found


def check_round(checked: Checked) -> list[Problem]:
    """Return one warning for each column whose numbers are all round."""
    found: list[Problem] = []
    for column in number_columns(checked):
        values = figures(checked, column.name).dropna()
        some = values[values != 0]
        if len(some) < ENOUGH or is_share(column) or some.nunique() < FEW:
            continue
        if (some % ROUND == 0).all():
            found += checked.once(
                checked.table[column.name].notna(),
                "round-numbers",
                column.name,
                f"All {len(some):,} numbers of {column.title} are multiples of {ROUND}. Are they"
                " estimates? Send what was counted, or explain.",
            )
    return found


def check_blank_zero(checked: Checked) -> list[Problem]:
    """Return one warning for each count with blank cells and without a single zero."""
    found: list[Problem] = []
    for column in number_columns(checked):
        values = figures(checked, column.name)
        blank = values.isna()
        sent = _column_sent(checked, column.name)
        if not is_count(column) or not sent or not blank.any() or (values == 0).any():
            continue
        if (~blank).sum() < FEW:
            continue
        found += checked.once(
            blank,
            "blank-or-zero",
            column.name,
            f"{column.title} is blank in {int(blank.sum()):,} rows and never 0. Does blank mean"
            " none? Write 0 where nothing was counted, or explain.",
        )
    return found


def _column_sent(checked: Checked, name: str) -> bool:
    """Tell whether every sheet of the listing has the column: blank is then the sender's."""
    used = [s for s in checked.result.sheets if s.used and s.listing == checked.listing.name]
    return all(name in sheet.titles for sheet in used)


def check_at_limit(checked: Checked) -> list[Problem]:
    """Return where durations or shares pile up on one value and stop there.

    A duration is judged between each two dates of a row: twenty or more of them, half on the same
    number of days (two or more), and hardly any longer.
    """
    found: list[Problem] = []
    dates = [column for column in date_columns(checked) if not is_planned(column)]
    for place, earlier in enumerate(dates):
        for later in dates[place + 1 :]:
            if "extracted_on" in {earlier.name, later.name}:
                continue
            table = checked.table
            days = (table[later.name].dt.normalize() - table[earlier.name].dt.normalize()).dt.days
            top = _piled_up(days[days > 1])
            if top is not None:
                found += checked.once(
                    days == top,
                    "exactly-at-limit",
                    later.name,
                    f"{int((days == top).sum()):,} of {int(days.notna().sum()):,} rows have exactly"
                    f" {top:.0f} days from {earlier.title} to {later.title}, and next to none more."
                    " Is that how it was, or the target? Correct it, or explain.",
                )
    for column, values in shares(checked):
        if top := _piled_up(values[(values > 0) & (values < 100)]):
            found += checked.once(
                values == top,
                "exactly-at-limit",
                column.name,
                f"{int((values == top).sum()):,} of {int(values.notna().sum()):,} rows have exactly"
                f" {top:g} percent. Is that how it was, or the target? Correct it, or explain.",
            )
    return found


def _piled_up(values: "pd.Series[float]") -> float | None:
    values = values.dropna()
    if len(values) < ENOUGH:
        return None
    counts = values.value_counts()
    top = float(counts.index[0])
    beyond = int((values > top).sum())
    return top if counts.iloc[0] * 2 >= len(values) and beyond * 20 <= counts.iloc[0] else None
