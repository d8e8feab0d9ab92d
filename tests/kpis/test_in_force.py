"""Which version of a definition holds follows from the month, in what is due as in what is kept."""

from datetime import UTC, date, datetime

from kpis.definitions import catalogue, coming, edition, in_force
from kpis.due import applicable
from kpis.models import KpiResult
from kpis.snapshots.missing import mark_missing
from tests.people import World

SLUG = "query-aging"
DECEMBER, JANUARY, LATER = date(2026, 12, 1), date(2027, 1, 1), date(2027, 6, 1)


def test_a_coming_version_takes_over_with_its_month_and_the_others_stay() -> None:
    assert in_force(DECEMBER)[SLUG] is catalogue()[SLUG]
    assert in_force(JANUARY)[SLUG] is coming()[SLUG]
    assert edition(JANUARY) == edition(LATER) != edition(DECEMBER)
    assert set(in_force(LATER)) == set(catalogue())
    same = [slug for slug, one in in_force(LATER).items() if one is catalogue()[slug]]
    assert {*same, *coming()} == set(catalogue())


def test_what_is_due_asks_for_the_version_of_the_month() -> None:
    for month in (DECEMBER, JANUARY):
        found = applicable("full-service", ["data-management"], period=month)
        assert in_force(month)[SLUG] in found


def test_a_month_is_kept_with_the_version_that_held_in_it(world: World) -> None:
    for month in (DECEMBER, JANUARY):
        mark_missing(period=month, today=LATER, now=datetime(2027, 6, 1, 9, tzinfo=UTC))
    kept = KpiResult.objects.filter(definition__slug=SLUG, engagement=world.alpha_engagement)
    found = set(kept.values_list("period_start", "definition__version"))
    assert found == {(DECEMBER, 1), (JANUARY, 2)}
