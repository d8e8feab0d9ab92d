"""The function page: CROs side by side, positions, what is not asked for; each CRO alone."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kpis.models import ChosenKpi
from tests.dashboards.models import Models, make_models, send_month
from tests.dashboards.test_statements import enlarge
from tests.kpis.browsing import words_of
from tests.people import World

NOVEMBER = date(2025, 11, 30)
PERIOD = {"period": "2025-11"}
MOST = 12


@pytest.fixture
def models(world: World) -> Models:
    made = make_models(world)
    send_month(made, NOVEMBER)
    return made


def seen(client: Client, person: object, name: str, *args: str, **query: str) -> str:
    client.force_login(person)  # type: ignore[arg-type]  # one of the world's people
    answer = client.get(reverse(f"dashboards:{name}", args=args), query or PERIOD)
    return words_of(answer).replace("\u00a0", " ")


def rows(client: Client, slug: str, name: str) -> list[str]:
    answer = client.get(reverse("dashboards:function-csv", args=[slug, name]), PERIOD)
    assert answer.status_code == 200
    return answer.getvalue().decode("utf-8-sig").splitlines()[1:]


def test_cros_stand_side_by_side(client: Client, models: Models) -> None:
    text = seen(client, models.world.sam, "function", "data-management")
    assert "Alpha: NWT-301; Beta: NWT-118, NWT-204" in text
    found = rows(client, "data-management", "kpis")
    aging = [row for row in found if ",query-aging," in row]
    assert [row.split(",")[2] for row in aging] == ["Alpha", "Beta"]
    assert "1 of 39" in aging[0]
    people = rows(client, "data-management", "staffing")
    assert any(",time-to-fill,Alpha," in row and "for FSP and hybrid only" in row for row in people)


def test_positions_are_counted_and_lead_to_the_kpi(client: Client, models: Models) -> None:
    text = seen(client, models.world.sam, "function", "clinical-monitoring")
    assert "4 positions are open" in text
    assert "At Gamma fewer than half are filled so far" in text
    [gamma] = rows(client, "clinical-monitoring", "requisitions")
    assert gamma.split(",")[1] == "Gamma"
    assert gamma.split(",")[-3:] == ["4", "95", "2025-11-30"]
    assert [row.split(",")[0] for row in rows(client, "clinical-monitoring", "time-to-fill")]


def test_what_is_asked_nowhere_says_where_to_choose_it(client: Client, models: Models) -> None:
    world = models.world
    text = seen(client, world.sam, "function", "data-management")
    assert "Not asked for:" in text
    assert "A name leads to where it is chosen for an engagement." in text
    page = client.get(reverse("dashboards:function", args=["data-management"]), PERIOD)
    assert reverse("kpis:kpi-choose", args=["utilisation"]) in page.content.decode()
    ChosenKpi.objects.create(
        engagement=world.beta_engagement,
        slug="utilisation",
        from_month=date(2025, 11, 1),
        chosen_by=world.sam,
        chosen_at=datetime(2025, 11, 1, tzinfo=UTC),
    )
    found = [row for row in rows(client, "data-management", "staffing") if ",utilisation," in row]
    assert [row.split(",")[2] for row in found] == ["Alpha", "Beta"]
    assert "not asked for" in found[0]
    assert "being computed" in found[1]


def test_a_cro_sees_its_own_alone(client: Client, models: Models) -> None:
    world = models.world
    text = seen(client, world.ada, "function", "data-management")
    assert "Alpha: NWT-301." in text
    for words in ("Beta", "NWT-118", "NWT-204", "C1"):
        assert words not in text
    assert all("Beta" not in row for row in rows(client, "data-management", "kpis"))
    assert rows(client, "data-management", "requisitions") == []
    assert "Beta" not in seen(client, world.ada, "functions")
    choose = reverse("kpis:kpi-choose", args=["utilisation"])
    page = client.get(reverse("dashboards:function", args=["data-management"]), PERIOD)
    assert choose not in page.content.decode()
    assert "The sponsor chooses them for an engagement." in words_of(page)


def test_all_functions_stand_in_a_table(client: Client, models: Models) -> None:
    text = seen(client, models.world.sam, "functions")
    assert "3 functions" in text
    for words in ("Alpha", "Beta", "Gamma", "Data management", "not delegated"):
        assert words in text


def test_nobody_holds_it(client: Client, world: World) -> None:
    assert "No CRO holds this function" in seen(client, world.sam, "function", "biostatistics")
    assert "No function is delegated" in seen(client, world.olga, "functions")
    client.force_login(world.sam)
    assert client.get(reverse("dashboards:function", args=["no-such"])).status_code == 404


def test_as_known_before_anything_came(client: Client, models: Models) -> None:
    query = {**PERIOD, "known": "2025-11-20"}
    text = seen(client, models.world.sam, "function", "data-management", **query)
    assert "As known on 20 Nov 2025" in text
    assert "No positions came for this month" in text


def test_the_number_of_statements_does_not_grow(client: Client, models: Models) -> None:
    client.force_login(models.world.sam)
    addresses = (
        reverse("dashboards:function", args=["data-management"]),
        reverse("dashboards:functions"),
    )

    def costs() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as statements:
                assert client.get(address, PERIOD).status_code == 200
            found.append(len(statements))
        return found

    small = costs()
    enlarge(models.world)
    send_month(models, date(2025, 10, 31), worse=True)
    assert costs() == small
    assert max(small) <= MOST
