"""The scorecard says how the CRO stands, by the newest assessment, to the sponsor's people."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from oversight.audit_trail.attribution import Actor, acting
from tests.people import World
from vendors.dossier.selectors import standings
from vendors.models import Qualification

pytestmark = pytest.mark.django_db
LAPSED = [("2024-01-01", "qualified", "2025-01-01")]
OPEN = [("2024-01-01", "qualified", "2025-01-01"), ("2024-06-01", "conditional", "2099-01-01")]
REFUSED = [("2024-01-01", "qualified", "2099-01-01"), ("2024-06-01", "not-qualified", None)]


@pytest.mark.parametrize(
    ("assessments", "words"),
    [
        ([], "never assessed"),
        (LAPSED, "lapsed on 1 Jan 2025"),
        (OPEN, "qualified until 1 Jan 2099, conditions open"),
        (REFUSED, "not qualified since 1 Jun 2024"),
    ],
)
def test_the_scorecard_says_how_the_cro_stands(
    client: Client, world: World, assessments: list[tuple[str, str, str | None]], words: str
) -> None:
    with acting(Actor.system("tests")):
        for day, outcome, until in assessments:
            Qualification.objects.create(
                vendor=world.alpha,
                scope="All",
                method="remote",
                assessed_on=day,
                assessor="Quinn",
                outcome=outcome,
                conditions="Train them." if outcome == "conditional" else "",
                valid_until=until,
            )
    address = reverse("dashboards:cro", args=[world.alpha.pk])
    client.force_login(world.sam)
    assert words in client.get(address).content.decode()
    pair = (world.alpha.pk, world.northwind.pk)
    told = standings(user=world.sam, vendors=[pair], on=date(2026, 11, 1))[world.alpha.pk]
    assert told.words == words
    client.force_login(world.ada)
    assert words not in client.get(address).content.decode()
