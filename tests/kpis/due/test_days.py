"""Due days: business days after the month, in the calendars of both parties."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.due import Terms, business_days_after, due_date, due_day, last_day
from kpis.due.public_holidays import country_code, holidays_of
from tests.kpis.due.twin import slow_business_days_after, slow_due_date

OCTOBER = date(2026, 10, 1)
APRIL = date(2026, 4, 1)
PLACES = st.lists(
    st.sampled_from(["France", "us", "United Kingdom", "JPN", "Atlantis", ""]), max_size=2
).map(tuple)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 1))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("France", "FR"),
        ("fr", "FR"),
        ("FRA", "FR"),
        ("the United States", "US"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("UK", "GB"),
        ("The Netherlands", "NL"),
        ("South Korea", "KR"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_a_country_is_known_by_name_or_code(written: str, code: str) -> None:
    assert country_code(written) == code


def test_the_due_day_is_the_tenth_business_day() -> None:
    assert due_date(OCTOBER) == date(2026, 11, 13)
    assert due_date(date(2026, 1, 1)) == date(2026, 2, 13)


def test_a_holiday_of_either_party_moves_it_and_says_so() -> None:
    due = due_day(APRIL, Terms(6, ("France", "Germany")))
    assert due.day == date(2026, 5, 12)  # 1 and 8 May do not count
    assert due.why == (
        "1 May is a public holiday in Germany (Labor Day).",
        "8 May is a public holiday in France (Victory Day).",
    )
    assert due_day(APRIL, Terms(6)).day == date(2026, 5, 8)
    assert due_day(APRIL, Terms(6)).why == ()


def test_a_country_without_a_calendar_is_named() -> None:
    terms = Terms(10, ("Atlantis", "France", ""))
    assert (terms.codes, terms.unknown) == (("FR",), ("Atlantis",))


def test_months_before_the_first_one_are_not_asked_for() -> None:
    terms = Terms(reports_from=date(2026, 10, 17))
    assert terms.asks_for(OCTOBER)
    assert not terms.asks_for(date(2026, 9, 1))


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(1, 20), PLACES)
def test_due_days_are_what_counting_one_by_one_gives(
    day: date, number: int, places: tuple[str, ...]
) -> None:
    period = day.replace(day=1)
    terms = Terms(number, places)
    found = due_day(period, terms)
    assert found.day == slow_due_date(period, number, places)
    assert business_days_after(last_day(period), found.day, terms) == number
    without = due_date(period, Terms(number))
    assert bool(found.moved_by) == (found.day != without)
    for one in found.moved_by:
        assert last_day(period) < one.day <= found.day
        assert any(one.day in holidays_of(code, one.day.year) for code in terms.codes)


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(-40, 40), PLACES)
def test_business_days_between_are_counted_one_by_one(
    first: date, span: int, places: tuple[str, ...]
) -> None:
    last = first + timedelta(days=span)
    terms = Terms(countries=places)
    found = business_days_after(first, last, terms)
    if span >= 0:
        assert found == slow_business_days_after(first, last, places)
    else:
        assert found == -slow_business_days_after(last, first, places)
