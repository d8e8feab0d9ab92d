"""Calendar and waivers by the API: what is due, each side's own, and waiving with permission."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kpis.models import Waiver
from tests.api.asking import BASE, caller
from tests.kpis.makers import accepted
from tests.people import World

pytestmark = pytest.mark.django_db

NOVEMBER = "2025-11"


def sams(world: World) -> Client:
    client = Client()
    client.force_login(world.sam)
    return client


def waive(world: World, client: Client, **changed: Any) -> Any:
    asked = {
        "engagement": world.alpha_engagement.pk,
        "study": world.study.pk,
        "period": NOVEMBER,
        "listing": "queries",
        "reason": "The export failed.",
    }
    body = {name: value for name, value in (asked | changed).items() if value is not None}
    return client.post(f"{BASE}waivers/", body, content_type="application/json")


def test_the_calendar_says_what_is_due_and_where_it_stands(world: World) -> None:
    submission = accepted(world)
    (due,) = caller(world).rows("calendar/", period=NOVEMBER)
    assert (due["engagement"], due["study"]) == (world.alpha_engagement.pk, world.study.pk)
    assert (due["period"], due["standing"], due["submission"]) == (
        NOVEMBER,
        "accepted",
        submission.pk,
    )
    assert "queries" in due["listings"]
    assert (due["waived"], due["overdue"]) == ([], False)
    assert due["due_by"] == "2025-12-12"
    assert due["page"].endswith(
        f"/submissions/calendar/{world.alpha_engagement.pk}/{world.study.pk}/{NOVEMBER}/"
    )
    assert caller(world).rows("calendar/", period="2025-10")[0]["submission"] is None


def test_each_side_sees_its_own_and_filters_narrow(world: World) -> None:
    mine = caller(world).rows("calendar/", period=NOVEMBER)
    assert {row["engagement"] for row in mine} == {world.alpha_engagement.pk}
    sam = sams(world)

    def rows(**query: Any) -> set[int]:
        found = sam.get(f"{BASE}calendar/", {"period": NOVEMBER, **query}).json()["results"]
        return {row["engagement"] for row in found}

    both = {world.alpha_engagement.pk, world.beta_engagement.pk}
    assert rows() == both
    assert rows(study=world.study.pk) == {world.alpha_engagement.pk}
    assert rows(engagement=world.beta_engagement.pk) == {world.beta_engagement.pk}
    for nonsense in ("november", "2025-13", "1066-10"):
        assert sam.get(f"{BASE}calendar/", {"period": nonsense}).status_code == 400


def test_the_calendar_costs_the_same_however_much_is_due(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sam = sams(world)
    with django_assert_num_queries(5):
        sam.get(f"{BASE}calendar/", {"period": NOVEMBER})


def test_the_sponsor_waives_and_the_cro_reads_why(world: World) -> None:
    answer = waive(world, sams(world))
    assert answer.status_code == 201, answer.content
    (waiver,) = caller(world).rows("waivers/", period=NOVEMBER)
    assert waiver == answer.json()
    assert (waiver["listing"], waiver["reason"]) == ("queries", "The export failed.")
    assert (waiver["waived_by"], waiver["taken_back_at"]) == (world.sam.name, None)
    assert caller(world).read(f"waivers/{waiver['id']}/") == waiver
    assert caller(world, person=world.ben, vendor=world.beta).rows("waivers/") == []
    (due,) = caller(world).rows("calendar/", period=NOVEMBER)
    assert "queries" in due["waived"]
    again = waive(world, sams(world))
    assert (again.status_code, again.json()["detail"]) == (
        409,
        "This is waived already, perhaps by a colleague.",
    )


def test_nobody_waives_without_the_permission_or_beyond_what_they_see(world: World) -> None:
    assert waive(world, caller(world).client).status_code == 403
    ada = Client()
    ada.force_login(world.ada)
    assert waive(world, ada).status_code == 403
    sam = sams(world)
    assert waive(world, sam, engagement=10**6).status_code == 404
    assert waive(world, sam, study=10**6).status_code == 404
    assert waive(world, sam, reason=None).json()["fields"].keys() == {"reason"}
    assert waive(world, sam, listing="no such").status_code == 400
    assert waive(world, sam, study=world.other_study.pk).status_code == 409
    assert Waiver.objects.count() == 0
