"""The page of figures is in step with the workbooks, and so is what the product computes.

The counts come from `tests/counted.py`, which shares no code with the product.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from kpis.models import KpiResult, Submission
from kpis.snapshots.compute import compute_for
from kpis.submissions.check import check_submission
from kpis.submissions.decide import accept
from kpis.submissions.receive import Upload, confirm_cutoff, receive
from kpis.submissions.submit import add_sites, explain, submit, unknown_sites
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation, Function
from tests.conftest import real_data
from tests.counted import CUTOFF, STUDIES, Counted, count, workbooks_of
from tests.figures import RATES, page
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import newest
from tests.people import START, World
from vendors.access import actor_of

pytestmark = pytest.mark.real_data

PAGE: Path = settings.BASE_DIR / "docs" / "figures.md"
NOW = datetime(2025, 11, 17, 9, 0, tzinfo=UTC)
NO_FIGURE = {"important-deviation-rate", "enrolment-rate", "screen-failure-rate"}


def counted(study: str) -> tuple[tuple[Path, ...], Counted]:
    paths = workbooks_of(study, real_data("edc_workbooks"))
    return paths, count(paths)


def test_the_page_is_in_step_with_the_workbooks() -> None:
    assert PAGE.read_text("utf-8") == page([counted(study)[1] for study in STUDIES])


@pytest.mark.parametrize("study", STUDIES)
def test_the_product_computes_what_is_counted(world: World, study: str) -> None:
    paths, plain = counted(study)
    take_part(world, study)
    taken(world, sorted(paths[0].parent.glob("*.xlsx")))  # all nine, also what no KPI needs
    shown_to_its_sender(world, plain)
    results = {
        result.definition.slug: result
        for result in KpiResult.objects.filter(
            run__current__study=world.study, country=""
        ).select_related("definition")
    }
    for slug, _, part, whole in RATES:
        result = results[slug]
        assert (result.numerator, result.denominator) == (
            getattr(plain, part),
            getattr(plain, whole),
        )
        rate = plain.per_hundred(part, whole)
        assert result.value == (rate and pytest.approx(float(rate), rel=1e-12))
    assert set(results) == {slug for slug, *_ in RATES} | NO_FIGURE | {"query-response-time"}
    response = results["query-response-time"]
    assert (response.numerator, response.denominator) == (plain.answered_by_cutoff, plain.queries)
    assert response.value == plain.response_median
    assert results["missing-pages"].detail["unmatched"] == plain.pages_of_unlisted
    ageing, rate = results["query-aging"].detail, results["deviation-rate"].detail
    assert (ageing["open_state"], ageing["answered_state"]) == (
        plain.queries_open,
        plain.queries_answered,
    )
    assert (ageing["older_than_14"], ageing["older_than_30"]) == (
        plain.older_than_14,
        plain.older_than_30,
    )
    assert (ageing["median_age"], ageing["oldest_age"]) == (plain.median_age, plain.oldest_age)
    assert rate["by_pd_status"] == {
        "confirmed": plain.deviations_confirmed,
        "proposed": plain.deviations_proposed,
        "other": 0,
    }
    assert rate["unmatched"] == plain.deviations_of_unlisted
    assert rate["exposure_undated"] == plain.visits_undated
    assert {results[slug].rag for slug in NO_FIGURE} == {"missing"}
    assert {results[slug].value for slug in NO_FIGURE} == {None}


def shown_to_its_sender(world: World, plain: Counted) -> None:
    """The page of the submission counts in the listings what the script counts in the cells."""
    submission = Submission.objects.get(state=Submission.State.ACCEPTED)
    said = words_of(browser(world.ada).get(reverse("kpis:submission-detail", args=[submission.pk])))
    pages, closed = plain.sdv_required, plain.discrepancies_safety - plain.discrepancies_safety_open
    for words in (
        f"Data queries: {plain.queries:,} Open {plain.queries_open:,} Answered"
        f" {plain.queries_answered:,} Closed 0 Not closed {plain.queries:,}",
        f"Participants: {plain.participants:,} ",
        f"Participant visits: {plain.visits:,} ",
        f"Protocol deviations: {plain.deviations:,} Confirmed {plain.deviations_confirmed:,}"
        f" Proposed {plain.deviations_proposed:,}",
        f"Source data verification by page: {plain.sdv_pages:,} Verified"
        f" {plain.sdv_pages - pages:,} Required {pages:,}",
    ):
        assert words in said
    if closed:
        assert f"Closed {closed:,} Not closed {plain.discrepancies_safety_open:,}" in said


def take_part(world: World, study: str) -> None:
    """Name the study as its file does, and give Alpha monitoring and safety beside the data."""
    with acting(Actor.system("tests"), reason="as delegated"):
        world.study.names_in_files = [f"Study {int(study.removeprefix('study_'))}"]
        world.study.save()
        for slug in ("clinical-monitoring", "pharmacovigilance"):
            Delegation.objects.create(
                study=world.study,
                function=Function.objects.get(slug=slug),
                kind=Delegation.Kind.TRANSFERRED,
                engagement=world.alpha_engagement,
                clause="WO-1 §5",
                from_date=START,
            )


def taken(world: World, paths: Sequence[Path]) -> None:
    """Take the workbooks, as they were exported, from their upload to the results."""
    ada, sam = actor_of(world.ada), actor_of(world.sam)
    with ExitStack() as opened:
        streams = [opened.enter_context(path.open("rb")) for path in paths]
        submission = receive(
            actor=ada,
            engagement=world.alpha_engagement,
            study=world.study,
            uploads=[
                Upload(path.name, stream, path.stat().st_size)
                for path, stream in zip(paths, streams, strict=True)
            ],
            data_cutoff_date=None,
            now=NOW,
        )
    submission = checked(submission)
    assert newest(submission).proposed_cutoff_date == CUTOFF
    confirm_cutoff(actor=ada, submission=submission, data_cutoff_date=CUTOFF, now=NOW)
    submission = checked(submission)
    add_sites(
        actor=ada, submission=submission, keys=[s.key for s in unknown_sites(submission)], now=NOW
    )
    submission = checked(submission)
    for problem in newest(submission).problems.filter(severity="warning"):
        explain(actor=ada, problem=problem, explanation="As exported.", now=NOW)
    submit(actor=ada, submission=submission, now=NOW)
    accept(actor=sam, submission=submission, comment="", now=NOW)
    compute_for(submission=submission, now=NOW)


def checked(submission: Submission) -> Submission:
    assert check_submission(submission=Submission.objects.get(pk=submission.pk), now=NOW)
    return Submission.objects.get(pk=submission.pk)
