"""Periods of records: what may not overlap, and what must not end before it begins."""

from typing import Any

from django.contrib.postgres.fields import (
    BigIntegerRangeField,
    DateRangeField,
    IntegerRangeField,
    RangeOperators,
)
from django.core.exceptions import ValidationError
from django.db.models import F, Func, IntegerField, Value
from django.db.models.functions import Coalesce


def same(*fields: str) -> list[tuple[Any, str]]:
    """Return exclusion terms that say "equal" without btree_gist: ranges of one number overlap."""
    return [
        (
            Func(
                Coalesce(F(field), Value(0)),
                Coalesce(F(field), Value(0)),
                Value("[]"),
                function="int8range",
                output_field=BigIntegerRangeField(),
            ),
            RangeOperators.OVERLAPS,
        )
        for field in fields
    ]


def same_text(field: str) -> tuple[Any, str]:
    """Return the exclusion term that says "equal" of a short text.

    Two texts of one hash would be taken for equal: for a closed choice that is known not to happen.
    """
    code = Func(F(field), function="hashtext", output_field=IntegerField())
    number = Func(code, code, Value("[]"), function="int4range", output_field=IntegerRangeField())
    return number, RangeOperators.OVERLAPS


def overlapping(start: str, end: str) -> tuple[Any, str]:
    """Return the exclusion term for periods that share a day; an open end is forever."""
    return (
        Func(start, end, Value("[]"), function="daterange", output_field=DateRangeField()),
        RangeOperators.OVERLAPS,
    )


def check_period(row: Any, start: str, end: str) -> None:
    """Refuse a period that ends before it begins: PostgreSQL cannot even compare such a range."""
    first, last = getattr(row, start), getattr(row, end)
    if first is not None and last is not None and last < first:
        raise ValidationError({end: "The last day lies before the first day."})
