"""Conditions, weights and numbers in words."""

from collections.abc import Iterable
from datetime import date

from kpis.engine.shapes import Number
from kpis.engine.tables import TABLES
from kpis.engine.weights import Active, Elapsed, Measures, Weighed, Weight
from kpis.engine.wording import NO_VALUE, number_words

DECIMALS = 6
ALMOST = "\N{ALMOST EQUAL TO}"


def column_words(listing: str, name: str) -> str:
    """Return a column by its title."""
    return f"“{TABLES[listing].column(name).title}”"


def listing_words(listing: str) -> str:
    """Return a listing by its title."""
    return f"“{TABLES[listing].title}”"


def either(words: Iterable[str]) -> str:
    """Return “a, b or c”."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def day_words(day: date) -> str:
    """Return a day: 31 Oct 2026."""
    return f"{day:%-d %b %Y}"


def exact(number: Number) -> str:
    """Return a number with as many decimals as it has, six at most."""
    if number is None:
        return NO_VALUE
    decimals = len(f"{abs(number):.{DECIMALS}f}".rstrip("0").partition(".")[2])
    return number_words(number, decimals=decimals)


def equals(number: float) -> str:
    """Return “= 20” or, where six decimals do not tell all of it, “≈ 20.37037”."""
    return f"{'=' if round(number, DECIMALS) == number else ALMOST} {exact(number)}"


def weight_words(listing: str, weight: Weight) -> str:
    """Say what a row adds to the total."""
    if isinstance(weight, Active):
        begun, ended = (column_words(listing, one) for one in (weight.begun, weight.ended))
        return f"its months from {begun} to {ended} within the period"
    if isinstance(weight, Measures):
        terms = [
            column_words(listing, name)
            if factor == 1
            else f"{factor:g} × {column_words(listing, name)}"
            for name, factor in weight.columns.items()
        ]
        added = " + ".join(terms).replace("+ -", "\N{MINUS SIGN} ")
        if not weight.times:
            return added
        added = f"({added})" if len(terms) > 1 else added
        return f"{added} × {column_words(listing, weight.times)}"
    if isinstance(weight, Elapsed):
        since = column_words(listing, weight.since)
        if not weight.until:
            return f"the days from {since} to the data cut-off"
        until = column_words(listing, weight.until)
        return f"the days from {since} to {until}" + (
            "" if weight.ahead else ", at most to the data cut-off"
        )
    numbers = ", ".join(f"{word} {number:g}" for word, number in weight.weights.items())
    return f"a number by its {column_words(listing, weight.column)}: {numbers}"


def lack_words(listing: str, weight: Measures | Elapsed | Weighed) -> str:
    """Say why nothing is known of what a row adds."""
    if isinstance(weight, Measures):
        return f"{either(column_words(listing, one) for one in weight.names)} has no number"
    if isinstance(weight, Elapsed):
        days = [one for one in (weight.since, weight.until) if one]
        lacking = f"{either(column_words(listing, one) for one in days)} has no day"
        return lacking if weight.signed else f"{lacking}, or the days run backwards"
    return f"{column_words(listing, weight.column)} is no word that has a number"
