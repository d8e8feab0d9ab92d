"""Sums of numerators and denominators; medians from buckets only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.engine.statistics.rollup import (
    Part,
    Together,
    median_bucket,
    median_range,
    summed_buckets,
    together,
    trailing,
)

BUCKETS = ("0-3", "4-7", "8-14", ">14")


def test_ratios_are_not_averaged() -> None:
    parts = [Part(1, 2), Part(30, 300)]
    assert together(parts) == Together(31, 302, 31 / 302, 2, 2)  # their mean would be 0.3


def test_a_month_without_a_result_is_told() -> None:
    months = [Part(9, 9), Part(2, 10), Part(None, None), Part(4, 20)]
    assert trailing(months) == Together(6, 30, 0.2, 2, 3)
    assert trailing(months[:1]) == Together(9, 9, 1.0, 1, 1)
    assert together([Part(0, 0), Part(3, None)]) == Together(0, 0, None, 1, 2)


@given(st.lists(st.sampled_from(BUCKETS), max_size=40))
def test_the_median_lies_in_the_buckets_of_the_middle_cases(cases: list[str]) -> None:
    cases = sorted(cases, key=BUCKETS.index)
    counts = {name: cases.count(name) for name in BUCKETS}
    middle = (cases[(len(cases) - 1) // 2], cases[len(cases) // 2]) if cases else None
    assert median_bucket(counts) == middle


def test_buckets_add_up_and_medians_give_a_range() -> None:
    assert summed_buckets([{"0-3": 2, "4-7": 1}, {"4-7": 5}]) == {"0-3": 2, "4-7": 6}
    assert median_range([4.0, None, 9.5]) == (4.0, 9.5)
    assert median_range([None]) is None


def test_sums_of_sums_are_sums() -> None:
    one, two = [Part(1, 3), Part(2, 7)], [Part(5, 10)]
    parts = [together(one), together(two)]
    again = together([Part(part.numerator, part.denominator) for part in parts])
    assert again.ratio == pytest.approx(together([*one, *two]).ratio or 0)
