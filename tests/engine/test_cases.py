"""The conditions by which rows count, each by example."""

from datetime import date
from typing import Any

import pytest

from kpis.engine.cases import Cases, choose, columns, filled
from kpis.engine.reading import ReadingError, read
from kpis.engine.shapes import Window
from kpis.engine.times import months_before
from tests.engine.builders import CUTOFF
from tests.engine.rows import frame

WINDOW = Window(date(2026, 10, 1), CUTOFF)


def counted(rows: list[Any], **conditions: Any) -> tuple[list[int], list[int]]:
    """Return the positions of the rows that count, and of those that do not say."""
    cases = read(Cases, {"listing": "any"} | conditions)
    chosen = choose(frame(rows, columns(cases)), cases, WINDOW)
    return chosen.mask.nonzero()[0].tolist(), chosen.unknown.nonzero()[0].tolist()


def test_a_text_counts_that_mentions_one_of_the_words_in_any_case() -> None:
    texts = ["Eligibility (IC 3)", "INCLUSION criterion", "Visit window", None, "a+b"]
    rows = [{"category": text} for text in texts]
    words = {"category": ["eligib", "inclusion"]}
    assert counted(rows, mentions=words) == ([0, 1], [3])
    assert counted(rows, mentions={"category": ["A+B"]}) == ([4], [3])  # no pattern, a text


def test_bounds_of_numbers_are_included_and_a_blank_number_does_not_say() -> None:
    rows = [{"n": number} for number in (0, 1, 2, None)]
    assert counted(rows, at_least={"n": 1}) == ([1, 2], [3])
    assert counted(rows, at_most={"n": 1}) == ([0, 1], [3])
    assert counted(rows, at_least={"n": 1}, at_most={"n": 1}) == ([1], [3])


def test_a_column_that_must_be_given_is_given_or_not() -> None:
    rows = [{"repeat_of": "F1"}, {}]
    assert counted(rows, given=["repeat_of"]) == ([0], [])


@pytest.mark.parametrize(
    ("span", "expected"), [("period", [3]), ("three-months", [2, 3]), ("twelve-months", [1, 2, 3])]
)
def test_trailing_spans_begin_on_the_first_day_of_a_month(span: str, expected: list[int]) -> None:
    days = ["2025-10-31", "2025-11-01", "2026-08-01", "2026-10-01", "2026-11-01", None]
    rows = [{"day": day} for day in days]
    assert counted(rows, dated={"column": "day", "within": span}) == (expected, [])


def test_who_stood_a_year_ago_is_asked_by_days_alone() -> None:
    rows = [
        {"begun": "2025-10-31", "ended": None},
        {"begun": "2025-10-31", "ended": "2025-11-01"},
        {"begun": "2025-10-01", "ended": "2025-10-31"},
        {"begun": "2025-11-01", "ended": None},
    ]
    ago = {"opened": "begun", "closed": "ended", "months_before": 12}
    assert counted(rows, standing=ago) == ([0, 1], [])
    assert counted(rows, standing={"opened": "begun", "closed": "ended"}) == ([0, 3], [])


def test_a_month_that_is_shorter_ends_earlier() -> None:
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 15), 2) == date(2025, 11, 15)


def test_an_age_runs_to_the_cutoff() -> None:
    cases = read(Cases, {"listing": "any", "elapsed": {"since": "day"}})
    rows = [{"day": "2026-10-30T23:00"}, {"day": "2026-11-01"}, {}]
    chosen = choose(frame(rows, columns(cases)), cases, WINDOW)
    assert chosen.weight.tolist() == [1, 0, 0]
    assert chosen.unknown.tolist() == [False, True, True]


def test_a_forecast_may_lie_after_the_cutoff_and_before_the_plan() -> None:
    days = {"since": "day", "until": "end", "ahead": True, "signed": True}
    cases = read(Cases, {"listing": "any", "elapsed": days})
    rows = [
        {"day": "2026-11-30", "end": "2026-12-30"},
        {"day": "2026-11-30", "end": "2026-11-20"},
        {"day": "2026-11-30"},
        {"end": "2026-11-30"},
    ]
    chosen = choose(frame(rows, columns(cases)), cases, WINDOW)
    assert chosen.weight.tolist() == [30, -10, 0, 0]
    assert chosen.unknown.tolist() == [False, False, True, True]
    with pytest.raises(ReadingError):
        read(Cases, {"listing": "any", "elapsed": {"since": "day", "ahead": True}})


def test_what_decides_must_have_values() -> None:
    weighed = {"column": "e", "weights": {"x": 1}}
    cases: Any = {"at_least": {"a": 1}, "mentions": {"b": ["x"]}, "given": ["d"]}
    assert filled(read(Cases, {"listing": "any", "weighed": weighed} | cases)) == ("b", "a", "e")
