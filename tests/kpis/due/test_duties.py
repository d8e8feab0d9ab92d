"""What is due follows from delegations, the engagement model and the catalogue."""

from datetime import date

from kpis.due import DueSubmission, Duty, due_submissions

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
