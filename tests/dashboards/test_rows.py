"""The rows behind a value: the very rows, where they came from, and a CSV that runs nothing."""

import csv
import io
import json
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from dashboards.exports import harmless
from studies.models import Delegation, Function, Study
from tests.dashboards.months import Queries, queries, report, scope
from tests.people import START, World

SLUG = "query-aging"


@pytest.fixture
def november(world: World) -> World:
    """Alpha's NWT-301: 130 of 160 queries are old, in two sites."""
    report(
        sponsor=world.sam,
        by=world.ada,
        engagement=world.alpha_engagement,
        study=world.study,
        cutoff=date(2025, 11, 30),
        sites=[
            queries("S1", old=129, young=30),
            Queries("S2", "DEU", (94,)),
        ],
    )
    return world


def second_study(world: World) -> Study:
    study = Study.objects.create(sponsor=world.northwind, protocol_number="NWT-118")
    Delegation.objects.create(
        study=study,
        function=Function.objects.get(slug="data-management"),
        kind=Delegation.Kind.TRANSFERRED,
        engagement=world.alpha_engagement,
        from_date=START,
    )
    return study


def shown(client: Client, world: World, **query: str) -> str:
    client.force_login(world.sam)
    where = scope(world.alpha_engagement, world.study, **query)
    answer = client.get(reverse("dashboards:rows", args=[SLUG]), where)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def test_rows_stand_oldest_first_with_their_origin(client: Client, november: World) -> None:
    html = shown(client, november)
    assert "130 open queries older than 14 days" in html
    body = html.split("<tbody>")[1]
    assert "94 d" in body.split("</tr>")[0]
    assert "!161" in body.split("</tr>")[0]  # the last line of the file
    assert body.count("<tr>") == 100
    assert "1 to 100 of 130 rows" in html
    assert shown(client, november, page="2").split("<tbody>")[1].count("<tr>") == 30


def test_rows_of_the_denominator_and_of_one_site(client: Client, november: World) -> None:
    assert "160 all open queries at the data cut-off" in shown(client, november, part="denominator")
    assert "1 open queries older than 14 days, site S2" in shown(client, november, site="S2")
    assert "No row." in shown(client, november, site="S9")


def test_the_csv_holds_every_row_with_file_and_hash(client: Client, november: World) -> None:
    client.force_login(november.sam)
    where = scope(november.alpha_engagement, november.study)
    answer = client.get(reverse("dashboards:rows-csv", args=[SLUG]), where)
    text = b"".join(answer).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 130
    assert rows[0]["Age in days"] == "94"
    assert rows[0]["File"] == "queries-2025-11-30.csv"
    assert len(rows[0]["SHA-256 of the file"]) == 64


@pytest.mark.parametrize("name", ["trend", "ageing", "sites", "funnel", "countries"])
def test_each_table_has_its_csv(client: Client, november: World, name: str) -> None:
    client.force_login(november.sam)
    where = scope(november.alpha_engagement, november.study)
    answer = client.get(reverse("dashboards:kpi-csv", args=[SLUG, name]), where)
    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    counts = {"trend": 2, "ageing": 2, "sites": 3, "funnel": 3, "countries": 3}
    assert len(lines) == counts[name]
    if name == "trend":
        assert "81.25,130.0,160.0" in lines[1]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_numbers_and_blanks_stay_what_they_are() -> None:
    assert (harmless(-1.5), harmless(None), harmless("S1")) == ("-1.5", "", "S1")


def test_sites_of_two_studies_with_one_number_stay_apart(client: Client, november: World) -> None:
    world = november
    report(
        sponsor=world.sam,
        by=world.ada,
        engagement=world.alpha_engagement,
        study=second_study(world),
        cutoff=date(2025, 11, 30),
        sites=[queries("S1", old=5, young=35)],
    )
    client.force_login(world.sam)
    where = scope(world.alpha_engagement)
    figure = client.get(reverse("dashboards:kpi-chart", args=[SLUG, "sites"]), where).json()
    assert figure["data"][0]["y"] == ["S1, NWT-301", "S1, NWT-118", "S2, NWT-301"]
    assert figure["data"][0]["x"] == [129, 5, 1]
    html = client.get(reverse("dashboards:kpi", args=[SLUG]), where).content.decode()
    assert "135 of 200" in html
    assert "135 rows behind the value" in html
    held = re.search(r'<script id="sites-figure" type="application/json">(.*?)</script>', html)
    assert held
    assert json.loads(held[1]) == figure  # drawn from the page: nothing is asked for again
