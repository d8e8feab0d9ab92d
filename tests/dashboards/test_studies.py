"""The portfolio shows the worst studies, and a page of its own all of them."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation, Engagement, Function, Study
from tests.people import START, World

SHOWN = 25


def add_studies(world: World, engagement: Engagement, count: int, *, letter: str) -> None:
    """So many studies on which an engagement does data management."""
    function = Function.objects.get(slug="data-management")
    with acting(Actor.system("tests"), reason="many studies"):
        made = Study.objects.bulk_create(
            Study(sponsor=world.northwind, protocol_number=f"{letter}-{number:03}")
            for number in range(count)
        )
        Delegation.objects.bulk_create(
            Delegation(
                study=study,
                function=function,
                kind=Delegation.Kind.TRANSFERRED,
                engagement=engagement,
                from_date=START,
            )
            for study in made
        )


def rows(client: Client, name: str, **query: Any) -> list[str]:
    """Return the protocol numbers of the table of studies."""
    html = client.get(reverse(f"dashboards:{name}"), query).content.decode()
    table = html.split('aria-label="Study by study"')[1].split("</table>")[0].split("<tbody>")[1]
    return [row.split(">")[2].split("<")[0] for row in table.split("<tr>")[1:]]


def test_the_worst_stand_on_the_portfolio_and_all_on_their_own_page(
    client: Client, world: World
) -> None:
    add_studies(world, world.alpha_engagement, 60, letter="A")
    client.force_login(world.sam)
    query = {"period": "2025-01", "known": "2025-12-01"}
    html = client.get(reverse("dashboards:portfolio"), query).content.decode()
    assert "Show all 62" in html
    first = rows(client, "portfolio", **query)
    assert len(first) == SHOWN
    pages = [rows(client, "studies", page=number, **query) for number in (1, 2)]
    assert pages[0][:SHOWN] == first
    assert [len(one) for one in pages] == [50, 12]
    assert len({*pages[0], *pages[1]}) == 62


def test_few_studies_need_no_page_of_their_own(client: Client, world: World) -> None:
    client.force_login(world.sam)
    page = client.get(reverse("dashboards:portfolio"), {"period": "2025-01", "known": "2025-12-01"})
    assert "Show all" not in page.content.decode()


def test_one_cro_and_some_protocol_numbers_can_be_chosen(client: Client, world: World) -> None:
    add_studies(world, world.alpha_engagement, 12, letter="A")
    add_studies(world, world.beta_engagement, 3, letter="B")
    client.force_login(world.sam)
    assert {one[0] for one in rows(client, "studies", cro=world.beta.pk)} == {"B", "N"}
    assert rows(client, "studies", q="a-01") == ["A-010", "A-011"]
    page = client.get(reverse("dashboards:studies"), {"q": "nothing like it"}).content.decode()
    assert "No study like that" in page
    assert client.get(reverse("dashboards:studies"), {"cro": "x"}).status_code == 404


def test_a_cro_sees_its_own_studies_alone(client: Client, world: World) -> None:
    add_studies(world, world.alpha_engagement, 2, letter="A")
    add_studies(world, world.beta_engagement, 30, letter="B")
    client.force_login(world.ada)
    assert sorted(rows(client, "studies")) == ["A-000", "A-001", "NWT-301"]
    assert "Beta" not in client.get(reverse("dashboards:studies")).content.decode()
    page = client.get(reverse("dashboards:studies"), {"cro": world.beta.pk}).content.decode()
    assert "No study like that" in page


def test_the_number_of_statements_does_not_grow(client: Client, world: World) -> None:
    client.force_login(world.sam)
    counts = []
    for more in (0, 40):
        add_studies(world, world.alpha_engagement, more, letter="A")
        with CaptureQueriesContext(connection) as statements:
            assert client.get(reverse("dashboards:studies")).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12
