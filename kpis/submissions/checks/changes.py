"""Rules about figures that changed much since the listing was accepted before."""

import numpy as np
import pandas as pd

from kpis.submissions.checks.dates import date_columns
from kpis.submissions.checks.figures import figures, number_columns
from kpis.submissions.checks.history import ENOUGH, PASSING, both_hashes
from kpis.submissions.checks.naming import Checked, Sentences, plain
from kpis.submissions.checks.relations import is_planned, relations_of
from kpis.submissions.reading.problems import Problem, shorten

SAME = 0.8  # of the rows found again speak for a change of unit
FACTORS = (24.0, 8.0, 7.0, 60.0, 100.0, 1000.0)


def check_jumps(checked: Checked) -> list[Problem]:
    """Return a warning where the rows or the sum of a column grew or fell tenfold."""
    before = checked.before
    if before is None:
        return []
    listing = checked.listing
    totals: list[tuple[str, float, float]] = [
        (f"The number of rows of {listing.title.lower()}", len(before), len(checked.table))
    ]
    totals += [
        (
            f"The sum of {column.title}",
            float(before[column.name].astype("Float64").sum()),
            float(figures(checked, column.name).sum()),
        )
        for column in number_columns(checked)
        if column.name in before
    ]
    return [
        checked.whole(
            "tenfold-jump",
            f"{what} was {then:,.6g} and is {now:,.6g}, tenfold {'more' if now > then else 'less'}."
            " Was a unit, a filter or a study changed? Correct it, or explain.",
            value=f"{then:,.6g} → {now:,.6g}",
        )
        for what, then, now in totals
        if max(then, now) >= ENOUGH
        and min(then, now) >= 0
        and max(then, now) >= 10 * min(then, now)
    ]


def check_sites_jump(checked: Checked) -> list[Problem]:
    """Return a warning for each site whose rows changed by far more than those of the others.

    Far is five times the median absolute deviation of all sites' changes, and at least ten rows.
    """
    before = checked.before
    if before is None or "site" not in checked.table or "site" not in before:
        return []
    now, then = (one.groupby("site").size() for one in (checked.texts, before))
    change = now.sub(then, fill_value=0)
    if len(change) < ENOUGH:
        return []
    centre = change.median()
    spread = 1.4826 * (change - centre).abs().median()
    far = change[((change - centre).abs() > 5 * spread) & ((change - centre).abs() >= 10)]
    found: list[Problem] = []
    for site in far.index:
        mask = checked.table["site"] == site
        was, is_ = int(then.get(site, 0)), int(now.get(site, 0))
        sentence = (
            f"Site '{shorten(site)}' had {was:,} rows and has {is_:,}; the others changed by about"
            f" {plain(float(centre))}. Look whether this is right, or explain."
        )
        found += checked.once(mask, "site-jump", "site", sentence) or [
            checked.whole("site-jump", sentence, value=site)
        ]
    return found


def matched(checked: Checked) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Return the rows that are in both tables, now and then, in the same order, or None."""
    before = checked.before
    if before is None:
        return None
    now, then = both_hashes(checked, before)
    _, here, there = np.intersect1d(now, then, assume_unique=True, return_indices=True)
    return (checked.texts.iloc[here], before.iloc[there]) if len(here) else None


def check_unit_changed(checked: Checked) -> list[Problem]:
    """Return a warning where the same rows have numbers that differ by one factor, such as 24."""
    if not any(True for _ in number_columns(checked)) or (pair := matched(checked)) is None:
        return []
    found: list[Problem] = []
    for column in number_columns(checked):
        if column.name not in pair[1]:
            continue
        now, then = (
            one[column.name].astype("Float64").to_numpy(float, na_value=np.nan) for one in pair
        )
        both = (now > 0) & (then > 0)
        if both.sum() < 5:
            continue
        ratio = now[both] / then[both]
        for factor in (*FACTORS, *(1 / one for one in FACTORS)):
            share = np.isclose(ratio, factor, rtol=0.02).mean()
            if share >= SAME:
                times = f"{factor:g} times" if factor > 1 else f"one {1 / factor:g}th of"
                found += checked.once(
                    checked.table[column.name].notna(),
                    "unit-changed",
                    column.name,
                    f"In {share:.0%} of the rows {column.title} is {times} what it was last month."
                    " Did the unit change, say from days to hours? Correct it, or explain.",
                )
                break
    return found


def check_cumulative(checked: Checked) -> list[Problem]:
    """Return a warning for each count since the start that is less than last month."""
    names = [n for n in relations_of(checked.listing).cumulative if checked.has(n)]
    if not names or (pair := matched(checked)) is None:
        return []
    found: list[Problem] = []
    for name in names:
        if name not in pair[1]:
            continue
        now = pair[0][name].astype("Float64").astype(float)
        then = pd.Series(pair[1][name].astype("Float64").astype(float).to_numpy(), now.index)
        fell = (now < then).reindex(checked.table.index, fill_value=False)
        found += checked.rows(
            fell, "cumulative-fell", name, _fell(checked.listing.column(name).title, then, now)
        )
    return found


def _fell(title: str, then: "pd.Series[float]", now: "pd.Series[float]") -> Sentences:
    return lambda at: (
        f"{title} counts from the start and was "
        + then[at].map(plain)
        + " last month; now it is "
        + now[at].map(plain)
        + ". Correct it, or explain and restate the month before."
    )


def check_plans(checked: Checked) -> list[Problem]:
    """Ask, once for each column, why planned dates of the same rows have moved."""
    plans = [c for c in date_columns(checked) if is_planned(c) and c.name not in PASSING]
    if not plans or (pair := matched(checked)) is None:
        return []
    found: list[Problem] = []
    for column in plans:
        if column.name not in pair[1]:
            continue
        now = pair[0][column.name]
        then = pd.Series(pair[1][column.name].to_numpy(), now.index)
        moved = ((now != then) & now.notna() & then.notna()).reindex(
            checked.table.index, fill_value=False
        )
        found += checked.once(
            moved,
            "plan-moved",
            column.name,
            f"{column.title} moved in {int(moved.sum()):,} rows since last month. Is it the"
            " original plan or one made anew? Say which, and send the original plan with it.",
        )
    return found
