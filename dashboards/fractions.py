"""Numerator and denominator in words, and the value where only a bound is known. Pure."""

from kpis.engine.definition import KpiDefinition
from kpis.engine.shapes import Number
from kpis.engine.wording import NBSP, number_words, value_words

RATE, DURATION = "event_rate", "duration"
PER = (RATE, "ratio")  # their numerator is no part of their denominator
ALONE = "count"  # has no denominator but the unit that reported


def fraction_words(definition: KpiDefinition, numerator: Number, denominator: Number) -> str:
    """Write what stands behind a value: 412 of 2,239; 6 per 120; 3 of 5 ended."""
    top, bottom = amount_words(numerator), amount_words(denominator)
    if definition.formula == ALONE:
        return top
    if definition.formula in PER:
        return f"{top} per {bottom}"
    ended = " ended" if definition.formula == DURATION else ""
    return f"{top} of {bottom}{ended}"


def amount_words(number: Number) -> str:
    """Write a count; what is no whole number, such as site-months, with one decimal."""
    whole = number is None or float(number).is_integer()
    return number_words(number, decimals=0 if whole else 1)


def brief_value(definition: KpiDefinition, value: Number, longest_open: Number = None) -> str:
    """Write the value for a narrow cell: “per …” is left to the KPI's name beside it."""
    return shown_value(definition, value, longest_open).split(f"{NBSP}per{NBSP}")[0]


def shown_value(definition: KpiDefinition, value: Number, longest_open: Number = None) -> str:
    """Write the value; a median that was not reached lies above the longest time still open."""
    if value is None and definition.formula == DURATION and longest_open is not None:
        return f">{NBSP}{value_words(longest_open, definition.unit)}"
    return value_words(value, definition.unit)
