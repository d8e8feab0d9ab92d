"""What is due follows from delegations, the engagement model and the catalogue."""

from dataclasses import replace
from datetime import date

from kpis.due import DueSubmission, Duty, applicable, due_submissions
from kpis.due.duties import Choice

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


def test_what_the_sponsor_chose_is_due_besides_and_only_what_a_cro_can_send() -> None:
    always = due_submissions([duty()], period=OCTOBER)[0]
    slugs = ("query-turnaround", "transfer-success", "report-latency", "signal-triage")
    mine = tuple(Choice(slug, OCTOBER, None) for slug in slugs)
    (chosen,) = due_submissions([replace(duty(), choices=mine)], period=OCTOBER)
    added = {"query-turnaround", "transfer-success", "signal-triage"}  # the log is kept here
    assert chosen.slugs == always.slugs | added
    assert chosen.listings == always.listings | {"transfers", "risk-signals"}


def test_what_was_chosen_is_computed_also_when_no_cro_feeds_it() -> None:
    chosen = ["report-latency", "susar-on-time"]
    found = applicable("full-service", ["data-management"], chosen, period=OCTOBER)
    assert {"query-aging", "report-latency"} <= {one.slug for one in found}
    assert "susar-on-time" not in {one.slug for one in found}  # its function is not delegated
