"""The walk of a monthly file through the services: receive, check, explain, submit, accept."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kpis.models import CurrentRun, KpiResult, Problem, SnapshotRun, Submission
from kpis.snapshots.compute import compute_for
from kpis.submissions.check import check_submission
from kpis.submissions.decide import accept
from kpis.submissions.receive import Upload, confirm_cutoff, receive
from kpis.submissions.submit import add_sites, blockers, explain, submit, unknown_sites
from tests.conftest import real_data
from tests.people import World
from vendors.access import actor_of

NOW = datetime(2025, 11, 17, 9, 0, tzinfo=UTC)
CUTOFF = date(2025, 11, 14)
METRICS = "Study 1_CPID_EDC_Metrics_URSV2.0_14 NOV 2025_updated.xlsx"


def upload(world: World, path: Path) -> Submission:
    with path.open("rb") as stream:
        return receive(
            actor=actor_of(world.ada),
            engagement=world.alpha_engagement,
            study=world.study,
            uploads=[Upload(path.name, stream, path.stat().st_size)],
            data_cutoff_date=None,
            now=NOW,
        )


def again(submission: Submission) -> Submission:
    submission = Submission.objects.get(pk=submission.pk)
    assert check_submission(submission=submission, now=NOW)
    return Submission.objects.get(pk=submission.pk)


@pytest.mark.real_data
def test_the_real_month_goes_in_and_comes_out_as_figures(world: World) -> None:
    path = real_data("edc_workbooks", "study_01", METRICS)
    ada, sam = actor_of(world.ada), actor_of(world.sam)
    submission = again(upload(world, path))
    check = submission.checks.get()
    assert check.proposed_cutoff_date == CUTOFF
    assert (check.rows_agreeing, check.rows_dated) == (574, 574)
    assert check.error_count == 0

    confirm_cutoff(actor=ada, submission=submission, data_cutoff_date=CUTOFF, now=NOW)
    submission = again(submission)
    unknown = unknown_sites(submission)
    assert "Site 2" not in {site.number for site in unknown}  # the study knows it
    add_sites(actor=ada, submission=submission, keys=[site.key for site in unknown], now=NOW)
    submission = again(submission)
    assert unknown_sites(submission) == []
    for problem in Problem.objects.filter(check_made=submission.checks.last(), severity="warning"):
        explain(actor=ada, problem=problem, explanation="As exported.", now=NOW)
    assert blockers(submission) == []
    submit(actor=ada, submission=submission, now=NOW)
    accept(actor=sam, submission=submission, comment="", now=NOW)

    compute_for(submission=submission, now=NOW)
    result = KpiResult.objects.get(
        run__current__study=world.study, country="", definition__slug="query-aging"
    )
    assert (result.numerator, result.denominator) == (239, 574)
    assert result.detail["open_state"] == 404
    assert result.detail["answered_state"] == 170
    assert result.detail["older_than_30"] == 98
    assert result.rag == "red"
    countries = KpiResult.objects.filter(run=result.run, definition=result.definition)
    countries = countries.exclude(country="")
    assert sum(row.denominator or 0 for row in countries) == 574

    compute_for(submission=submission, now=NOW)
    assert SnapshotRun.objects.count() == 2  # the study's and the engagement's, once each
    assert CurrentRun.objects.count() == 2
