"""How the API refuses: always in one form, with the right status, and not too often."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from rest_framework.settings import api_settings

from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from tests.api.asking import BASE, Caller, caller, issued
from tests.people import World

pytestmark = pytest.mark.django_db


def detail(response: Any, status: int) -> str:
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/json"
    found: str = response.json()["detail"]
    return found


def test_a_stranger_is_asked_for_a_token(world: World) -> None:
    response = Client().get(f"{BASE}studies/")
    assert "credentials" in detail(response, 401)
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_another_scheme_is_no_token(world: World) -> None:
    secret = issued(world).secret
    response = Client(headers={"Authorization": f"Basic {secret}"}).get(f"{BASE}studies/")
    assert response.status_code == 401


def test_a_session_of_the_browser_reads_too(world: World) -> None:
    client = Client()
    client.force_login(world.sam)
    found = client.get(f"{BASE}engagements/").json()["results"]
    assert {row["cro_name"] for row in found} == {"Alpha", "Beta"}


def test_a_member_of_nothing_is_refused_and_it_is_recorded(world: World) -> None:
    client = Client()
    client.force_login(world.nora)
    assert "Your role does not allow this" in detail(client.get(f"{BASE}studies/"), 403)
    assert AuditTrailEntry.objects.get(event=Event.REFUSED).actor_name == "Nora"


@pytest.mark.parametrize("path", ["", "nothing/", "studies", "studies/x/", "studies/-1/", "a/b/c"])
def test_what_is_not_there_is_told_in_json(world: World, path: str) -> None:
    assert detail(caller(world).get(path), 404)
    assert detail(caller(world).client.post(BASE + path), 404)


def test_an_id_that_no_record_can_have(world: World) -> None:
    assert detail(caller(world).get(f"studies/{10**30}/"), 404)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_nothing_is_changed_or_deleted(world: World, method: str) -> None:
    client = caller(world).client
    assert getattr(client, method)(f"{BASE}submissions/").status_code == 405
    assert client.post(f"{BASE}functions/").status_code == 405


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("studies/", {"limit": "0"}, "limit"),
        ("studies/", {"limit": "201"}, "limit"),
        ("studies/", {"limit": "many"}, "limit"),
        ("studies/", {"offset": "-1"}, "offset"),
        ("studies/", {"offset": str(10**30)}, "offset"),
        ("studies/", {"status": "asleep"}, "status"),
        ("studies/", {"protocol_number": "a\x00b"}, "protocol_number"),
        ("sites/", {"study": str(10**30)}, "study"),
        ("sites/", {"study": "x"}, "study"),
        ("kpi-results/", {"period_from": "2025-13-01"}, "period_from"),
        ("kpi-results/", {"superseded": "perhaps"}, "superseded"),
        ("submissions/", {"state": "x"}, "state"),
    ],
)
def test_a_question_without_sense_is_told(
    world: World, path: str, query: dict[str, str], field: str
) -> None:
    response = caller(world).get(path, **query)
    assert detail(response, 400).startswith(f"{field}: ")
    assert list(response.json()["fields"]) == [field]


def test_whatever_is_accepted_the_answer_is_json(world: World) -> None:
    client = caller(world).client
    response = client.get(f"{BASE}studies/", headers={"Accept": "text/html"})
    assert response.headers["Content-Type"] == "application/json"


def test_nobody_on_the_way_keeps_an_answer(world: World) -> None:
    for path in ("studies/", "studies/7/", "schema/"):
        assert "no-store" in caller(world).get(path).headers["Cache-Control"]


@pytest.fixture
def rates() -> Iterator[dict[str, str | None]]:
    """The rates, to be changed by a test and put back."""
    before = dict(api_settings.DEFAULT_THROTTLE_RATES)
    yield api_settings.DEFAULT_THROTTLE_RATES
    api_settings.DEFAULT_THROTTLE_RATES.update(before)


def test_the_rates(rates: dict[str, str | None]) -> None:
    assert rates == {"caller": "600/hour", "stranger": "30/hour"}


def test_each_token_is_counted_by_itself(world: World, rates: dict[str, str | None]) -> None:
    rates["caller"] = "2/hour"
    first, second = caller(world), caller(world)
    assert [first.get("studies/").status_code for _ in range(3)] == [200, 200, 429]
    assert second.get("studies/").status_code == 200
    refused = first.get("cros/")
    assert "throttled" in detail(refused, 429)
    assert 0 < int(refused.headers["Retry-After"]) <= 3600


def test_strangers_are_counted_by_address(world: World, rates: dict[str, str | None]) -> None:
    rates["stranger"] = "2/hour"
    known, guesser = caller(world), Caller("ovs_guess")
    assert [guesser.get("studies/").status_code for _ in range(2)] == [401, 401]
    assert Client().get(f"{BASE}studies/").status_code == 429
    # A header that claims another address helps nobody.
    elsewhere = {"X-Forwarded-For": "203.0.113.9"}
    assert Client(headers=elsewhere).get(f"{BASE}studies/").status_code == 429
    assert Client(REMOTE_ADDR="203.0.113.9").get(f"{BASE}studies/").status_code == 401
    assert known.get("studies/").status_code == 200
