"""The executive page: what threatens, what is not asked for, each CRO alone, what it costs."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.dashboards.models import Models, make_models, send_alpha, send_month
from tests.dashboards.test_statements import enlarge
from tests.kpis.browsing import words_of
from tests.people import World

PERIOD = {"period": "2025-11"}
MOST = 12


@pytest.fixture
def models(world: World) -> Models:
    made = make_models(world)
    send_month(made, date(2025, 11, 30), worse=True)
    return made


def seen(client: Client, person: object, **query: str) -> str:
    client.force_login(person)  # type: ignore[arg-type]  # one of the world's people
    return words_of(client.get(reverse("dashboards:executive"), {**PERIOD, **query}))


def rows(client: Client, **query: str) -> list[list[str]]:
    answer = client.get(reverse("dashboards:executive-csv"), {**PERIOD, **query})
    lines = answer.getvalue().decode("utf-8-sig").splitlines()[1:]
    return [line.split(",") for line in lines]


def test_it_says_what_threatens_and_what_is_not_asked_for(client: Client, models: Models) -> None:
    text = seen(client, models.world.sam)
    assert "November 2025:" in text
    assert "Safety of participants" in text
    assert "No KPI about money is asked for." in text
    assert "No KPI about dates is asked for." in text
    found = rows(client)
    past = [one for one in found if one[1] == "safety" and one[5] in ("red", "amber", "missing")]
    assert f"{len(past)} of {sum(one[1] == 'safety' for one in found)} figures past" in text
    assert any(one[2] == "query-aging" and one[1] == "behaviour" for one in found)


def test_a_cro_sees_its_own_alone(client: Client, models: Models) -> None:
    text = seen(client, models.world.ada)
    for words in ("Beta", "Gamma", "NWT-118", "NWT-204"):
        assert words not in text
    assert {one[3] for one in rows(client)} == {"Alpha"}
    client.force_login(models.world.olga)
    assert rows(client) == []
    assert "no figure has come" in seen(client, models.world.olga)


def test_as_known_before_a_restatement(client: Client, models: Models) -> None:
    send_alpha(models, date(2025, 10, 31))
    text = seen(client, models.world.sam, known="2025-11-20")
    assert "As known on 20 Nov 2025" in text
    assert all(one[5] == "missing" for one in rows(client, known="2025-11-20"))


def test_the_number_of_statements_does_not_grow(client: Client, models: Models) -> None:
    def cost() -> int:
        client.force_login(models.world.sam)
        with CaptureQueriesContext(connection) as statements:
            assert client.get(reverse("dashboards:executive"), PERIOD).status_code == 200
        return len(statements)

    small = cost()
    enlarge(models.world)
    send_month(models, date(2025, 10, 31))
    assert cost() == small <= MOST
