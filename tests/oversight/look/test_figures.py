"""Numbers as text: what a reader sees for each unit, and that nothing is lost or invented."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.look.figures import count_text, days_text, figure_text, size_text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (18.4, "percent", "18.4\u00a0%"),
        (5, "percent", "5.0\u00a0%"),
        (Decimal("6.96"), "percent", "7.0\u00a0%"),
        (0.184, "share", "18.4\u00a0%"),
        (58, "days", "58\u00a0d"),
        (6.25, "days", "6.3\u00a0d"),
        (61.0, "hours", "61\u00a0h"),
        (2239, "count", "2,239"),
        (7.5, "%", "7.5\u00a0%"),
        (6.2, "d", "6.2\u00a0d"),
        (12, "n", "12"),
        (1.25, "per 100", "1.3\u00a0per 100"),
        (1234567.4, "count", "1,234,567"),
        (-1.5, "points", "\u22121.5\u00a0points"),
        (1.005, "ratio", "1.01"),
        (3, "visits", "3\u00a0visits"),
        (3.5, "", "3.5"),
        (0, "percent", "0.0\u00a0%"),
        (-0.04, "percent", "0.0\u00a0%"),
        (None, "percent", "\u2013"),
        (float("nan"), "percent", "\u2013"),
        (float("inf"), "days", "\u2013"),
        ("", "count", "\u2013"),
        ("not a number", "count", "\u2013"),
    ],
)
def test_it_says_a_value_with_its_unit(value: Any, unit: str, text: str) -> None:
    assert figure_text(value, unit) == text


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_count_reads_back_as_itself(number: int) -> None:
    assert int(count_text(number).replace(",", "").replace("\u2212", "-")) == number


@pytest.mark.parametrize(
    ("value", "text"),
    [(1, "1\u00a0day"), (94, "94\u00a0days"), (0, "0\u00a0days"), (1.5, "1.5\u00a0days")],
)
def test_days_in_words(value: Any, text: str) -> None:
    assert days_text(value) == text


def test_days_unknown_is_a_dash() -> None:
    assert days_text(None) == "\u2013"


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0\u00a0bytes"),
        (999, "999\u00a0bytes"),
        (1000, "1.0\u00a0kB"),
        (2_400_000, "2.4\u00a0MB"),
        (999_960, "1.0\u00a0MB"),
        (2_147_483_648, "2.1\u00a0GB"),
        (5_000_000_000_000, "5,000.0\u00a0GB"),
        (None, "\u2013"),
    ],
)
def test_file_sizes(size: int | None, text: str) -> None:
    assert size_text(size) == text
