"""Figures that look made, and those that only look alike by chance."""

import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.engine.believable.history import PastMonth
from kpis.engine.believable.pattern import constant, copied, heaped, rounded
from kpis.engine.terms import Direction
from tests.engine.believable.histories import counted, history, month
from tests.engine.builders import judged

HONEST = [3.1, 4.7, 2.2, 5.9, 4.1, 3.6, 6.3, 2.9]


def seen(months: tuple[date, ...]) -> list[int]:
    return [(one.year - 2025) * 12 + one.month - 1 for one in months]


def test_the_very_same_value_four_months_in_a_row() -> None:
    found = constant(history([3.0, 4.0, 4.0, 4.0, 4.0]))
    assert found.found == "The value has been exactly 4.0\u00a0% in 4 months in a row."
    assert [one.period for one in found.evidence] == [month(n) for n in (1, 2, 3, 4)]
    assert not constant(history(HONEST)).found
    assert not constant(history([4.0, 4.0, 4.0, None, 4.0])).found  # a gap ends the run
    assert constant(history([4.0, 4.0, None])).unasked


@given(st.lists(st.sampled_from([4.0, 5.0, None]), max_size=15))
def test_constant_agrees_with_a_plain_count(values: list[float | None]) -> None:
    run = 0
    for value in reversed(values[-12:]):
        if value is None or value != values[-1]:
            break
        run += 1
    found = constant(history(values))
    told = sum(value is not None for value in values[-12:])
    assert bool(found.unasked) == (told < 4)
    assert bool(found.found) == (run >= 4 and told >= 4)
    assert len(found.evidence) == (run if found.found else 0)


def test_values_that_crowd_just_inside_the_limit() -> None:
    found = heaped(history([4.9, 4.8, 5.0, 4.85, 4.95, 3.0, 7.0]))
    assert found.found == (
        "5 values lie just inside the amber limit of 5\u00a0% and 0 just outside it."
    )
    assert len(found.evidence) == 5
    assert not heaped(history([4.9, 4.8, 5.0, 4.85, 4.95, 5.1, 5.2])).found
    assert not heaped(history(HONEST)).found


def test_just_inside_is_above_where_higher_is_better() -> None:
    kpi = judged(Direction.HIGHER, 90.0, 80.0)
    assert heaped(history([90.0, 91.0, 92.0, 90.5, 91.5, 99.0], definition=kpi)).found
    assert not heaped(history([89.0, 88.0, 87.0, 88.5, 86.5, 99.0], definition=kpi)).found


@pytest.mark.parametrize(
    "definition",
    [
        replace(judged(Direction.LOWER, 5.0, 10.0), limits=None),
        judged(Direction.BAND, (90.0, 110.0), (80.0, 120.0)),
        judged(Direction.LOWER, 0.0, 1.0),
    ],
)
def test_without_a_limit_above_zero_nothing_can_crowd(definition: object) -> None:
    assert heaped(history(HONEST, definition=definition)).unasked  # type: ignore[arg-type]  # a definition
    assert heaped(history([1.0] * 5)).unasked


def test_a_month_that_repeats_the_one_before() -> None:
    pairs = [(3, 60), (2, 55), (2, 55), (4, 70)]
    found = copied(counted(pairs))
    assert found.found.startswith("One month repeats the month before")
    assert seen(tuple(one.period for one in found.evidence)) == [2]
    assert copied(counted([(2, 55)] * 3)).found.startswith("2 months repeat")
    other = counted(pairs)
    months = [replace(one, figures={"oldest": n}) for n, one in enumerate(other.months)]
    assert not copied(replace(other, months=months)).found  # the rows have moved on
    assert not copied(counted([(1, 3), (1, 3)])).found  # so few are alike by chance
    assert copied(counted([(2, 55), None, (2, 55)])).unasked


def test_counts_that_end_in_nought_or_five() -> None:
    found = rounded(counted([(10, 200), (15, 250), (20, 300), (25, 350), (30, 400)]))
    assert found.found == "10 of 10 counts end in 0 or 5; a fifth would be usual."
    assert len(found.evidence) == 10
    assert not rounded(counted([(n * 7 + 11, n * 13 + 201) for n in range(8)])).found
    assert rounded(counted([(3, 200)] * 8)).unasked  # counts under ten are round too often
    fractions = PastMonth(month(0), history([1.0]).months[0].rag, 1.0, 12.5, 20.5)
    assert rounded(replace(history([]), months=[fractions] * 9)).unasked


@given(found=st.integers(0, 24), of=st.integers(10, 24))
def test_chance_is_that_of_the_binomial(found: int, of: int) -> None:
    found = min(found, of)
    pairs = [(10.0 if place < found else 11.0, 0.0) for place in range(of)]
    months = [
        PastMonth(month(place // 2), history([1.0]).months[0].rag, 1.0, numerator=pair[0])
        for place, pair in enumerate(pairs)
    ]
    two = [
        replace(one, denominator=other.numerator)
        for one, other in zip(months[::2], months[1::2], strict=False)
    ]
    whole = replace(history([]), months=[*two, *months[len(two) * 2 :]])
    chance = sum(math.comb(of, k) * 0.2**k * 0.8 ** (of - k) for k in range(found, of + 1))
    # 24 counts are twelve months: all that is looked at.
    assert bool(rounded(whole).found) == (chance <= 0.01)
