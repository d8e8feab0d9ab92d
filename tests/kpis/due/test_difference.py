"""Two calendars compared: over random duties, the difference takes the one to the other."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kpis.definitions import catalogue
from kpis.due import Change, Duty, Terms, difference, items
from kpis.due.difference import What
from kpis.engine.terms import Asked

FUNCTIONS = ["data-management", "clinical-monitoring", "pharmacovigilance", "medical-writing"]
MODELS = {1: "full-service", 2: "fsp", 3: "hybrid"}
WHEN_CHOSEN = [one.slug for one in catalogue().values() if one.asked is Asked.WHEN_CHOSEN]
MONTHS = [date(year, month, 1) for year in (2025, 2026, 2027) for month in range(1, 13)]

days = st.dates(date(2025, 2, 1), date(2027, 10, 31))


@st.composite
def a_duty(draw: st.DrawFn) -> Duty:
    engagement, study = draw(st.sampled_from(sorted(MODELS))), draw(st.integers(5, 6))
    first, last = draw(days), draw(st.none() | days)
    terms = Terms(reports_from=date(2025, 6, 1 + engagement))
    function = draw(st.sampled_from(FUNCTIONS))
    return Duty(engagement, MODELS[engagement], study, f"NWT-{study}", function, first, last, terms)


def in_month(change: Change, month: date) -> bool:
    return change.first <= month and (change.last is None or change.last >= month)


@given(st.lists(a_duty(), max_size=5), st.lists(a_duty(), max_size=5))
def test_the_calendar_before_with_its_changes_is_the_calendar_after(
    before: list[Duty], after: list[Duty]
) -> None:
    changes = difference(before, after)
    for month in MONTHS:
        here = [one for one in changes if in_month(one, month)]
        more = {one.item for one in here if one.due}
        less = {one.item for one in here if not one.due}
        asked = items(before, period=month)
        assert less <= asked
        assert not more & asked
        assert asked - less | more == items(after, period=month)
    # No item changes twice in one stretch, and each stretch is as long as it can be.
    for one in changes:
        later = [other for other in changes if other.item == one.item and other.first > one.first]
        assert all(other.first > (one.last or date.max) for other in later)


@given(st.lists(a_duty(), max_size=4))
def test_what_stays_the_same_changes_nothing(held: list[Duty]) -> None:
    assert difference(held, held[::-1]) == ()


def test_a_function_is_owed_from_its_first_month_to_its_last() -> None:
    asked = Duty(
        1, "full-service", 5, "NWT-5", "data-management", date(2026, 3, 31), date(2026, 5, 1)
    )
    changes = difference([], [asked])
    assert {(one.first, one.last) for one in changes} == {(date(2026, 3, 1), date(2026, 5, 1))}
    assert "queries" in {one.item.name for one in changes if one.item.what is What.LISTING}
    assert "query-aging" in {one.item.name for one in changes if one.item.what is What.KPI}


def test_a_further_study_of_an_fsp_engagement_is_covered_by_the_same_submission() -> None:
    first = Duty(1, "fsp", 5, "NWT-5", "data-management", date(2026, 1, 1), None)
    second = Duty(1, "fsp", 6, "NWT-6", "data-management", date(2026, 4, 1), None)
    (only,) = difference([first], [first, second])
    assert (only.item.what, only.item.name, only.first) == (What.STUDY, "6", date(2026, 4, 1))


def test_months_before_the_first_reported_one_are_not_asked_for() -> None:
    terms = Terms(reports_from=date(2026, 6, 15))
    asked = Duty(1, "full-service", 5, "NWT-5", "data-management", date(2024, 1, 1), None, terms)
    assert {one.first for one in difference([], [asked])} == {date(2026, 6, 1)}


def test_a_duty_that_begins_after_its_engagement_ended_asks_nothing() -> None:
    asked = Duty(
        1, "full-service", 5, "NWT-5", "data-management", date(2026, 3, 20), date(2026, 3, 10)
    )
    assert difference([], [asked]) == ()
