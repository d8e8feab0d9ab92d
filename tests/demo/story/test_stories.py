"""Each story of the demo shows in results that the intake and the engine made of its files."""

import pytest

from demo.months import loaded
from demo.story import CROS, STUDIES, cro_named
from kpis.models import KpiResult, Problem, Submission
from tests.demo.told import AUTUMN, SPRING, SUMMER, results

pytestmark = pytest.mark.usefixtures("story")
FINE = {"green", "insufficient", "not-applicable"}


def test_everything_that_came_was_accepted_and_every_warning_explained() -> None:
    assert loaded() == Submission.objects.count()
    checks = [submission.checks.last() for submission in Submission.objects.all()]
    assert {check.error_count for check in checks if check} == {0}
    warnings = Problem.objects.filter(severity="warning")
    assert not warnings.filter(explanation="").exists()


def test_alder_slides_from_green_into_red() -> None:
    before, after = results("Alder Clinical", SPRING), results("Alder Clinical", AUTUMN)
    for slug in ("query-aging", "important-deviation-rate"):
        assert (before[slug].rag, after[slug].rag) == ("green", "red"), slug
    assert (after["deviation-rate"].value or 0) > 1.5 * (before["deviation-rate"].value or 0)


@pytest.mark.parametrize("months_ago", [SPRING, SUMMER, AUTUMN])
def test_a_full_service_engagement_has_data_for_all_that_is_delegated(months_ago: int) -> None:
    cro = cro_named("Alder Clinical")
    for study in (None, *cro.studies):
        found = results(cro.name, months_ago, study)
        assert {one.rag for one in found.values()} <= FINE | {"amber", "red"}
        assert {"query-aging", "query-backlog", "deviation-rate", "screen-failure-rate"} <= set(
            found
        )
        assert "time-to-fill" not in found  # nobody orders its positions one by one


@pytest.mark.parametrize("months_ago", [SPRING, SUMMER, AUTUMN])
def test_fir_is_green_just_under_every_limit(months_ago: int) -> None:
    found = results("Fir Data Services", months_ago)
    assert {one.rag for one in found.values()} <= FINE
    assert 4.2 < (found["query-aging"].value or 0) <= 5
    assert found["time-to-fill"].value == 44
    for study in cro_named("Fir Data Services").studies:
        assert results("Fir Data Services", months_ago, study)["query-aging"].rag == "green"


def test_elm_is_late_and_its_newest_month_is_missing() -> None:
    for study in (None, "NWT-204"):
        assert {one.rag for one in results("Elm Site Network", AUTUMN, study).values()} == {
            "missing"
        }
        assert "missing" not in {
            one.rag for one in results("Elm Site Network", SPRING, study).values()
        }
    superseded = KpiResult.objects.filter(
        engagement__name="Elm hybrid", rag="missing", run__current__isnull=True
    )
    assert superseded.exists()  # what was missing on the day it was due stays on record


def test_cedar_restates_a_month() -> None:
    restated = Submission.objects.get(supersedes__isnull=False)
    assert (restated.engagement.name, restated.study) == ("Cedar biometrics FSP", None)
    for study in cro_named("Cedar Biometrics").studies:
        now = results("Cedar Biometrics", SUMMER, study)["query-backlog"]
        runs = KpiResult.objects.filter(
            definition=now.definition, study=now.study, period_start=now.period_start, country=""
        )
        before = runs.get(run__submission=restated.supersedes)
        assert (before.numerator or 0) < (now.numerator or 0)


def test_birch_loses_three_people_and_fills_too_slowly() -> None:
    before, after = results("Birch Research", SUMMER), results("Birch Research", AUTUMN)
    assert (before["time-to-fill"].rag, after["time-to-fill"].rag) == ("green", "red")
    assert after["on-time-fill"].rag == "red"
    assert after["time-to-fill"].detail["open"] > 0


def test_an_fsp_reports_its_function_across_all_its_studies() -> None:
    for cro in CROS:
        if cro.name in ("Birch Research", "Cedar Biometrics", "Fir Data Services"):
            whole = results(cro.name, AUTUMN)
            running = [p.protocol_number for p in STUDIES if p.protocol_number in cro.studies]
            parts = [results(cro.name, AUTUMN, study) for study in running]
            for slug in parts[0]:
                assert whole[slug].denominator == sum(part[slug].denominator or 0 for part in parts)
    assert set(results("Dogwood Safety", AUTUMN)) == {
        "time-to-fill",
        "on-time-fill",
        "safety-discrepancies",
    }
