"""What is due and not there is MISSING from its due day on, and is superseded when it comes."""

from datetime import UTC, date, datetime

import pytest

from kpis.models import CurrentRun, KpiResult
from kpis.snapshots.missing import mark_missing
from tests.people import World

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)
NOW = datetime(2026, 11, 14, 6, 0, tzinfo=UTC)


def test_nothing_is_missing_on_its_due_day(world: World) -> None:
    assert mark_missing(period=OCTOBER, today=date(2026, 11, 13), now=NOW) == 0
    assert not KpiResult.objects.exists()


def test_the_day_after_each_scope_is_missing_once(world: World) -> None:
    first = mark_missing(period=OCTOBER, today=NOW.date(), now=NOW)
    assert first > 0
    assert mark_missing(period=OCTOBER, today=NOW.date(), now=NOW) == 0
    results = KpiResult.objects.filter(run__current__isnull=False)
    assert {row.rag for row in results} == {"missing"}
    assert {row.value for row in results} == {None}
    assert {row.detail["why"] for row in results} == {"Nothing came by 13 Nov 2026."}
    studies = {row.study_id for row in results}
    assert {world.study.pk, world.other_study.pk} <= studies


def test_what_did_come_is_left_alone(world: World) -> None:
    mark_missing(period=OCTOBER, today=NOW.date(), now=NOW)
    runs = set(CurrentRun.objects.values_list("run_id", flat=True))
    mark_missing(period=OCTOBER, today=date(2026, 12, 24), now=NOW)
    assert set(CurrentRun.objects.values_list("run_id", flat=True)) == runs
