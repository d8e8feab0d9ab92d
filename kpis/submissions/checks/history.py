"""Rules that hold a listing against the one accepted before it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpis.submissions.checks.naming import Checked, shown
from kpis.submissions.checks.relations import relations_of
from kpis.submissions.reading.problems import Problem, shorten

ENOUGH = 20
QUIET = frozenset({"sites"})  # nothing new in a month is how it should be
PASSING = frozenset({"extracted_on"})

Hashes = NDArray[np.uint64]


def hashes(table: pd.DataFrame, columns: Sequence[str], like: pd.DataFrame) -> Hashes:
    """Return one number for each row; equal rows of two tables have equal numbers.

    The second, third … of equal rows in one table counts as another row.
    """
    keys = table[list(columns)].astype({name: like[name].dtype for name in columns})
    rows = pd.util.hash_pandas_object(keys, index=False)
    again = rows.groupby(rows).cumcount().to_numpy(dtype=np.uint64)
    return rows.to_numpy() + again * np.uint64(0x9E3779B97F4A7C15)


def keys_of(checked: Checked, before: pd.DataFrame) -> list[str]:
    """Return the columns by which rows are found again; the study only where there are several."""
    alone = {"study"} if not checked.context.spans_studies else set()
    return [name for name in checked.listing.key if name in before and name not in alone]


def both_hashes(checked: Checked, before: pd.DataFrame) -> tuple[Hashes, Hashes]:
    """Return the hashes of the rows now and then, by what tells rows apart; made once."""
    if "hashes" not in checked.made:
        keys = keys_of(checked, before)
        tables = (checked.texts, before)
        checked.made["hashes"] = tuple(hashes(one, keys, checked.texts) for one in tables)
    now, then = checked.made["hashes"]
    return now, then


def check_disappeared(checked: Checked) -> list[Problem]:
    """Ask about each row that was accepted before and is not there now; nothing is taken as closed.

    Rows that were closed when they were last seen may leave a stock.
    """
    before = checked.before
    if before is None:
        return []
    keys = keys_of(checked, before)
    now, then = both_hashes(checked, before)
    gone = ~np.isin(then, now)
    if checked.listing.semantics == "stock":
        gone &= ~_ended(checked, before).to_numpy()
    lost = before[gone]
    stock = checked.listing.semantics == "stock"
    rule = "row-disappeared" if stock else "row-gone-from-ledger"
    why = (
        "Closed, or left out? Send it with its state, or explain."
        if stock
        else "This listing keeps all that ever happened. Put it back, or explain."
    )
    names = pd.concat([shown(lost[name]) for name in keys], axis=1)
    texts = [", ".join(text for text in row if text) for row in names.to_numpy().tolist()]
    title = checked.listing.title
    return [
        Problem(
            rule,
            f"{title}: {shorten(text)} was in row {row} of {shorten(sheet)} of the last accepted"
            f" file and is not in this one. {why}",
            value=shorten(text) or None,
        )
        for text, sheet, row in zip(texts, lost["sheet"], lost["row"], strict=True)
    ]


def _ended(checked: Checked, table: pd.DataFrame) -> "pd.Series[bool]":
    ended = pd.Series(False, table.index)
    if "state" in table:
        ended |= table["state"].isin(["closed"])
    life = relations_of(checked.listing).life
    if life is not None and life[1] in table:
        ended |= table[life[1]].notna()
    return ended


def check_copied(checked: Checked) -> list[Problem]:
    """Return one warning where a listing is, row for row, the one of the month before."""
    before = checked.before
    if before is None or checked.context.restates or checked.listing.name in QUIET:
        return []
    if len(before) != len(checked.table) or len(before) < ENOUGH:
        return []
    names = [one.name for one in checked.listing.columns if one.name in before]
    names = [name for name in names if name not in PASSING and name != "study"]
    now, then = (np.sort(hashes(one, names, checked.texts)) for one in (checked.texts, before))
    if not np.array_equal(now, then):
        return []
    return [
        checked.whole(
            "same-as-last-month",
            f"All {len(before):,} rows of {checked.listing.title.lower()} are those of the last"
            " accepted month. Send this month's, or say that nothing changed.",
        )
    ]


def check_backlog(checked: Checked) -> list[Problem]:
    """Return a warning where last month's open rows, plus new, minus closed, are not today's open.

    A listing without a closed row cannot say what was closed; there, rows that began before the
    last cut-off and were not in the last file are asked about.
    """
    life, before = relations_of(checked.listing).life, checked.before
    last = checked.context.previous_cutoff
    if life is None or before is None or last is None or checked.context.restates:
        return []
    if not checked.has(life[0]) or life[0] not in before:
        return []
    end = pd.Timestamp(last)
    table, ended = checked.table, _ended(checked, checked.table)
    fresh = table[life[0]].dt.normalize() > end
    if not ended.any():
        now, then = both_hashes(checked, before)
        new = ~np.isin(now, then)
        late = pd.Series(new, table.index) & ~fresh & table[life[0]].notna()
        return checked.once(
            late,
            "row-came-late",
            life[0],
            f"{int(late.sum()):,} rows began on or before the last cut-off, {last}, and were not"
            " in the last accepted file, so its backlog was too small. Explain, or restate that"
            " month.",
        )
    opening = int((~_ended(checked, before)).sum())
    added = int(fresh.sum())
    removed = int((ended & (table[life[1]].dt.normalize() > end)).sum())
    closing = int((~ended).sum())
    if opening + added - removed == closing:
        return []
    return [
        checked.whole(
            "backlog-broken",
            f"{checked.listing.title}: {opening:,} were open at the last cut-off, {added:,} came"
            f" and {removed:,} were closed since, which leaves {opening + added - removed:,}; the"
            f" file lists {closing:,} open. Send the rows that are missing, or explain.",
            value=f"{opening} + {added} − {removed} ≠ {closing}",
        )
    ]
