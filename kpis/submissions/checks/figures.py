"""Rules about numbers of any listing: below zero, over 100 percent, parts and wholes, balances."""

from collections.abc import Iterator

import pandas as pd

from kpis.engine.tables import Column
from kpis.submissions.checks.naming import Checked, Sentences, plain
from kpis.submissions.checks.relations import is_share, relations_of
from kpis.submissions.reading.problems import Problem

TOLERANCE = 1e-6
PERCENT = frozenset({"%", "percent", "pct"})


def number_columns(checked: Checked) -> Iterator[Column]:
    """Yield the columns of numbers that say something."""
    for column in checked.listing.columns:
        if column.kind in {"integer", "number"} and checked.has(column.name):
            yield column


def figures(checked: Checked, name: str) -> "pd.Series[float]":
    """Return a column of numbers as floats, NaN where blank."""
    return checked.table[name].astype("Float64").astype(float)


def check_negative(checked: Checked) -> list[Problem]:
    """Return an error for each number below zero."""
    found: list[Problem] = []
    for column in number_columns(checked):
        if {"difference", "variance", "slip", "balance"} & set(column.name.split("_")):
            continue
        found += checked.rows(
            figures(checked, column.name) < 0,
            "negative-number",
            column.name,
            f"{column.title} is below zero, and it counts or measures something. Correct it.",
        )
    return found


def shares(checked: Checked) -> Iterator[tuple[Column, "pd.Series[float]"]]:
    """Yield the columns of percentages with their figures; NaN where a row has another unit."""
    for column in number_columns(checked):
        if is_share(column):
            yield column, figures(checked, column.name)
        elif column.name == "value" and checked.has("unit"):
            percent = checked.table["unit"].str.strip().str.casefold().isin(PERCENT)
            yield column, figures(checked, column.name).where(percent)


def check_shares(checked: Checked) -> list[Problem]:
    """Return what is wrong with percentages: over 100, or written as 0.12 and as 12."""
    found: list[Problem] = []
    for column, values in shares(checked):
        found += checked.rows(
            values > 100 + TOLERANCE,
            "percent-over-100",
            column.name,
            f"{column.title} is over 100 percent. Correct it.",
        )
        fractions = (values > 0) & (values < 1)
        whole = values > 1
        spread = f" while {int(whole.sum()):,} others are above 1" if whole.any() else ""
        found += checked.once(
            fractions,
            "percent-or-fraction",
            column.name,
            f"{column.title} is below 1 in {int(fractions.sum()):,} rows{spread}: is 0.12 meant as"
            " 12 percent? Write all of them in percent, or explain.",
        )
    return found


def check_parts(checked: Checked) -> list[Problem]:
    """Return an error where parts are together more than their whole."""
    found: list[Problem] = []
    for parts, whole in relations_of(checked.listing).within:
        present = tuple(part for part in parts if checked.has(part))
        if not present or not checked.has(whole):
            continue
        over = _sum(checked, present) > figures(checked, whole) + TOLERANCE
        found += checked.rows(over, "part-over-whole", present[-1], _over(checked, present, whole))
    return found


def check_ratio(checked: Checked) -> list[Problem]:
    """Return a warning where a numerator is more than its denominator."""
    ratio = relations_of(checked.listing).ratio
    if ratio is None or not checked.has(*ratio):
        return []
    over = figures(checked, ratio[0]) > figures(checked, ratio[1]) + TOLERANCE
    return checked.rows(
        over, "numerator-over-denominator", ratio[0], _over(checked, ratio[:1], ratio[1])
    )


def _over(checked: Checked, parts: tuple[str, ...], whole: str) -> Sentences:
    sum_, total = _sum(checked, parts), figures(checked, whole)
    words = f"{_titles(checked, parts)} {'is' if len(parts) == 1 else 'add up to'}"
    title = checked.listing.column(whole).title
    return lambda at: pd.Series(
        [
            f"{words} {plain(part)}, more than {title}, which is {plain(all_)}. Correct one of"
            " them."
            for part, all_ in zip(sum_[at], total[at], strict=True)
        ],
        at,
    )


def _sum(checked: Checked, parts: tuple[str, ...]) -> "pd.Series[float]":
    return pd.concat([figures(checked, part) for part in parts], axis=1).sum(axis=1, min_count=1)


def _titles(checked: Checked, names: tuple[str, ...]) -> str:
    titles = [checked.listing.column(name).title for name in names]
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} and {titles[-1]}"


def check_leaving(checked: Checked) -> list[Problem]:
    """Return an error where what was there, less what left, is more than what is there at the end.

    What joined is not asked for, so the end may well be more.
    """
    leaving = relations_of(checked.listing).leaving
    if leaving is None or not checked.has(leaving[0], leaving[2]):
        return []
    removed = tuple(name for name in leaving[1] if checked.has(name))
    opening, closing = figures(checked, leaving[0]), figures(checked, leaving[2])
    left = _sum(checked, removed).fillna(0) if removed else opening * 0
    first, last = (checked.listing.column(name).title for name in (leaving[0], leaving[2]))
    return checked.rows(
        opening - left > closing + TOLERANCE,
        "balance-broken",
        leaving[2],
        lambda at: (
            f"{first} is "
            + opening[at].map(plain)
            + ", "
            + left[at].map(plain)
            + f" left, but {last} is "
            + closing[at].map(plain)
            + ". Correct one of them."
        ),
    )


def check_currencies(checked: Checked) -> list[Problem]:
    """Return one warning where amounts of one listing are in several currencies."""
    found: list[Problem] = []
    for column in checked.listing.columns:
        if "currency" not in column.name or not checked.has(column.name):
            continue
        used = checked.table[column.name].dropna().str.upper()
        counts = used.value_counts()
        if len(counts) > 1:
            words = ", ".join(f"{name} in {count:,} rows" for name, count in counts.items())
            odd = (checked.table[column.name].str.upper() != counts.index[0]) & checked.table[
                column.name
            ].notna()
            found += checked.once(
                odd,
                "currency-mix",
                column.name,
                f"The amounts are in several currencies ({words}) and cannot be added up. Give all"
                " in the currency of the agreement, or explain.",
            )
    return found
