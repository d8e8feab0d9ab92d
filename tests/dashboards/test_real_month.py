"""The real workbook of study_01: what its KPI page says."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from kpis.models import Problem, Submission
from kpis.snapshots.compute import compute_for
from kpis.submissions.check import check_submission
from kpis.submissions.decide import accept
from kpis.submissions.receive import Upload, receive
from kpis.submissions.submit import add_sites, explain, submit, unknown_sites
from tests.conftest import real_data
from tests.dashboards.months import scope
from tests.people import World
from vendors.access import actor_of

NOW = datetime(2025, 11, 17, 9, 0, tzinfo=UTC)
METRICS = "Study 1_CPID_EDC_Metrics_URSV2.0_14 NOV 2025_updated.xlsx"


def checked(submission: Submission) -> Submission:
    submission = Submission.objects.get(pk=submission.pk)
    assert check_submission(submission=submission, now=NOW)
    return Submission.objects.get(pk=submission.pk)


@pytest.mark.real_data
def test_the_page_of_study_01(client: Client, world: World) -> None:
    path = real_data("edc_workbooks", "study_01", METRICS)
    ada = actor_of(world.ada)
    with path.open("rb") as stream:
        submission = receive(
            actor=ada,
            engagement=world.alpha_engagement,
            study=world.study,
            uploads=[Upload(path.name, stream, path.stat().st_size)],
            data_cutoff_date=date(2025, 11, 14),
            now=NOW,
        )
    submission = checked(submission)
    keys = [site.key for site in unknown_sites(submission)]
    add_sites(actor=ada, submission=submission, keys=keys, now=NOW)
    submission = checked(submission)
    for problem in Problem.objects.filter(check_made=submission.checks.last(), severity="warning"):
        explain(actor=ada, problem=problem, explanation="As exported.", now=NOW)
    submit(actor=ada, submission=submission, now=NOW)
    accept(actor=actor_of(world.sam), submission=submission, comment="", now=NOW)
    compute_for(submission=submission, now=NOW)

    client.force_login(world.ada)
    where = scope(world.alpha_engagement, world.study)
    address = reverse("dashboards:kpi", args=["query-aging"])
    html = client.get(address, where).content.decode().replace("\u00a0", " ")
    assert "Query aging is red at 41.6 %" in html
    assert "239 of 574" in html
    assert "404 open, 170 answered" in html
    assert "98 queries" in html
    assert "17.1 %" in html
    assert "239 rows behind the value" in html
    assert "98 queries have been open over 30 days" in html
    rows = client.get(reverse("dashboards:rows", args=["query-aging"]), where).content.decode()
    assert "239 open queries older than 14 days" in rows
    assert "Query Report - Cumulative!" in rows
    assert METRICS in rows
