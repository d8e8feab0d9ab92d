"""Periods of records: what may not overlap, and what must not end before it begins."""

from typing import Any

from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db.models import F, Func, Value
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
