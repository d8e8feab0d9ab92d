"""Rules about numbers of any listing: below zero, over 100 percent, parts and wholes, balances."""

from collections.abc import Iterator

import pandas as pd

from kpis.engine.tables import Column
from kpis.submissions.checks.naming import Checked, Sentences, plain
from kpis.submissions.checks.relations import is_share, relations_of
from kpis.submissions.reading.problems import Problem

TOLERANCE = 1e-6


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


def check_shares(checked: Checked) -> list[Problem]:
    """Return what is wrong with percentages: over 100, or written as 0.12 and as 12."""
    found: list[Problem] = []
    for column in number_columns(checked):
        if not is_share(column):
            continue
        values = figures(checked, column.name)
        found += checked.rows(
            values > 100 + TOLERANCE,
            "percent-over-100",
            column.name,
            f"{column.title} is over 100 percent. Correct it.",
        )
        fractions = (values > 0) & (values < 1)
        whole = values > 1
        if fractions.any():
            spread = f" while {int(whole.sum()):,} others are above 1" if whole.any() else ""
            found += checked.once(
                fractions,
                "percent-or-fraction",
                column.name,
                f"{column.title} is below 1 in {int(fractions.sum()):,} rows{spread}: is 0.12"
                " meant as 12 percent? Write all of them in percent, or explain.",
            )
    return found


def check_parts(checked: Checked) -> list[Problem]:
    """Return where a part is more than its whole, or parts do not add up to it."""
    relations = relations_of(checked.listing)
    found: list[Problem] = []
    for part, whole in relations.parts:
        if checked.has(part, whole):
            found += _over(checked, (part,), whole)
    for parts, whole in relations.within:
        if checked.has(*parts, whole):
            found += _over(checked, parts, whole)
    for parts, whole in relations.sums:
        if checked.has(*parts, whole):
            total, sum_ = figures(checked, whole), _sum(checked, parts)
            found += checked.rows(
                (total - sum_).abs() > TOLERANCE,
                "parts-differ-from-total",
                whole,
                _against(checked, parts, whole, ", {title} is {total}"),
            )
    return found


def _over(checked: Checked, parts: tuple[str, ...], whole: str) -> list[Problem]:
    sum_, total = _sum(checked, parts), figures(checked, whole)
    return checked.rows(
        sum_ > total + TOLERANCE,
        "part-over-whole",
        parts[-1],
        _against(checked, parts, whole, ", more than {title}, which is {total}"),
    )


def _against(checked: Checked, parts: tuple[str, ...], whole: str, words: str) -> Sentences:
    sum_, total = _sum(checked, parts), figures(checked, whole)
    title = checked.listing.column(whole).title
    verb = "is" if len(parts) == 1 else "add up to"
    return lambda at: pd.Series(
        [
            f"{_titles(checked, parts)} {verb} {plain(part)}"
            f"{words.format(title=title, total=plain(all_))}. Correct one of them."
            for part, all_ in zip(sum_[at], total[at], strict=True)
        ],
        at,
    )


def _sum(checked: Checked, parts: tuple[str, ...]) -> "pd.Series[float]":
    return pd.concat([figures(checked, part) for part in parts], axis=1).sum(axis=1, min_count=1)


def _titles(checked: Checked, names: tuple[str, ...]) -> str:
    titles = [checked.listing.column(name).title for name in names]
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} and {titles[-1]}"


def check_balance(checked: Checked) -> list[Problem]:
    """Return where opening + added − removed is not the closing figure of the row."""
    balance = relations_of(checked.listing).balance
    if balance is None or not checked.has(*balance):
        return []
    opening, added, removed, closing = (figures(checked, name) for name in balance)
    should = opening + added - removed
    first, plus, minus, last = (checked.listing.column(name).title for name in balance)
    return checked.rows(
        (should - closing).abs() > TOLERANCE,
        "balance-broken",
        balance[-1],
        lambda at: (
            f"{first} "
            + opening[at].map(plain)
            + f" plus {plus} "
            + added[at].map(plain)
            + f" minus {minus} "
            + removed[at].map(plain)
            + " gives "
            + should[at].map(plain)
            + f", but {last} is "
            + closing[at].map(plain)
            + ". Correct one of the four."
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
