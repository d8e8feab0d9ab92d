"""What is due follows from delegations, the engagement model and the catalogue."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kpis.due import DueSubmission, Duty, due_date, due_submissions, last_day

OCTOBER = date(2026, 10, 1)


def duty(
    model: str = "full-service",
    study: int = 5,
    function: str = "data-management",
    begins: date = date(2026, 1, 1),
    ends: date | None = None,
) -> Duty:
    return Duty(1, model, study, f"NWT-{study}", function, begins, ends)


def scopes(*held: Duty) -> set[tuple[int | None, frozenset[int]]]:
    return {(due.study_id, due.study_ids) for due in due_submissions(held, period=OCTOBER)}


def feeding(due: DueSubmission) -> set[str]:
    return set(due.slugs)


def test_a_full_service_engagement_reports_study_by_study() -> None:
    found = scopes(duty(study=5), duty(study=6))
    assert found == {(5, frozenset({5})), (6, frozenset({6}))}


def test_an_fsp_engagement_reports_once_across_its_studies() -> None:
    assert scopes(duty("fsp", 5), duty("fsp", 6)) == {(None, frozenset({5, 6}))}


def test_a_hybrid_reports_by_study() -> None:
    by_study = {scope for scope in scopes(duty("hybrid", 5)) if scope[0] is not None}
    assert by_study == {(5, frozenset({5}))}


def test_what_is_not_delegated_is_not_due() -> None:
    (due,) = due_submissions([duty(), duty(function="medical-writing")], period=OCTOBER)
    assert "queries" in due.listings
    assert "query-aging" in feeding(due)
    assert due_submissions([duty(function="medical-writing")], period=OCTOBER) == ()


def test_a_delegation_counts_on_any_day_of_the_month() -> None:
    assert scopes(duty(begins=date(2026, 10, 31)))
    assert scopes(duty(ends=date(2026, 10, 1)))
    assert not scopes(duty(begins=date(2026, 11, 1)))
    assert not scopes(duty(ends=date(2026, 9, 30)))


def test_the_due_day_is_the_tenth_business_day() -> None:
    assert due_date(OCTOBER) == date(2026, 11, 13)
    assert due_date(date(2026, 1, 1)) == date(2026, 2, 13)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_due_day_leaves_ten_working_days_after_the_month(day: date) -> None:
    period = day.replace(day=1)
    due = due_date(period)
    assert (last_day(period) + timedelta(days=1)).day == 1
    span = (due - last_day(period)).days
    working = [
        last_day(period) + timedelta(days=n)
        for n in range(1, span + 1)
        if (last_day(period) + timedelta(days=n)).weekday() < 5
    ]
    assert len(working) == 10
    assert due.weekday() < 5
