"""The pages through the client: what each says, and that every one of them opens."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.dashboards.months import queries, report, scope, send
from tests.people import World

OCTOBER, NOVEMBER = date(2025, 10, 31), date(2025, 11, 30)
SLUG = "query-aging"


@pytest.fixture
def two_months(world: World) -> World:
    """Alpha: 2 of 40 old in October (green), 8 of 40 in November (red). Beta sent nothing."""
    for cutoff, old in ((OCTOBER, 2), (NOVEMBER, 8)):
        report(
            sponsor=world.sam,
            by=world.ada,
            engagement=world.alpha_engagement,
            study=world.study,
            cutoff=cutoff,
            sites=[
                queries("S1", old=old, young=28, answered=3),
                queries("S2", old=0, young=12 - old, country="DEU"),
            ],
        )
    return world


def page(client: Client, world: World, name: str, *args: object, **query: str) -> str:
    client.force_login(world.sam)
    answer = client.get(reverse(f"dashboards:{name}", args=args), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_the_portfolio_says_what_happened(client: Client, two_months: World) -> None:
    html = page(client, two_months, "portfolio")
    assert "November 2025: query aging is red at Alpha; 1 file is missing" in html
    assert "20.0 %" in html
    assert "8 of 40" in html
    assert "1 of 2</span> files accepted" in html
    assert "rising, getting worse" in html
    assert "due and not there" in html  # Beta, never blank
    assert "1</b>newly red" in html


def test_a_month_without_files_is_missing_and_not_the_month_before(
    client: Client, two_months: World
) -> None:
    html = page(client, two_months, "portfolio", period="2025-12")
    assert "December 2025" in html
    assert "2 files are missing" in html
    assert 'aria-label="Red">R</span><b>20.0' not in html


def test_before_the_month_is_over_nothing_is_missing(client: Client, two_months: World) -> None:
    html = page(client, two_months, "portfolio", period="2025-12", known="2025-12-20")
    assert "due by 14 Jan" in html
    assert "due and not there" not in html.split("Where each CRO stands")[1].split("<footer>")[0]


def test_what_is_handed_over_is_in_review(client: Client, two_months: World) -> None:
    send(
        by=two_months.ben,
        engagement=two_months.beta_engagement,
        study=two_months.other_study,
        cutoff=NOVEMBER,
        sites=[queries("B1", old=1, young=40)],
    )
    assert "1 in review" in page(client, two_months, "portfolio", period="2025-11")


def test_a_cro_without_the_function_is_not_delegated(client: Client, two_months: World) -> None:
    html = page(client, two_months, "portfolio", period="2023-05")
    assert html.count("rag-nd") >= 2


def test_the_scorecard_the_study_and_the_site(client: Client, two_months: World) -> None:
    world = two_months
    html = page(client, world, "cro", world.alpha.pk)
    assert "Alpha, November 2025: query aging is red at 20.0 %; it rose by 15.0 points" in html
    assert "against amber limit" in html
    html = page(client, world, "study", world.study.pk)
    assert "NWT-301, November 2025: query aging is red at 20.0 %" in html
    assert "37 open, 3 answered" in html
    assert "S1" in html
    assert "DEU" in html
    html = page(client, world, "site", world.study.pk, number="S1")
    assert "Site S1: query aging is 22.2 %, 8 of 36" in html


def test_the_kpi_page_shows_value_months_and_rows(client: Client, two_months: World) -> None:
    world = two_months
    html = page(client, world, "kpi", SLUG, **scope(world.alpha_engagement, world.study))
    assert "Query aging is red at 20.0 %; it rose by 15.0 points" in html
    assert "8 rows behind the value" in html
    assert "queries-2025-11-30.csv" in html
    assert "over 10 %" in html
    assert "Oct 2025" in html
    engagement = page(client, world, "kpi", SLUG, **scope(world.alpha_engagement))
    assert "8 of 40" in engagement
    assert "choose an engagement" in page(client, world, "kpi", SLUG)


def test_a_country_has_its_own_page(client: Client, two_months: World) -> None:
    world = two_months
    where = scope(world.alpha_engagement, world.study, country="FRA")
    html = page(client, world, "kpi", SLUG, **where)
    assert "8 of 36" in html
    unknown = scope(world.alpha_engagement, world.study, country="XXX")
    assert client.get(reverse("dashboards:kpi", args=[SLUG]), unknown).status_code == 404


def test_a_kpi_page_without_a_result_says_so(client: Client, two_months: World) -> None:
    world = two_months
    where = scope(world.beta_engagement, world.other_study, period="2025-11")
    html = page(client, world, "kpi", SLUG, **where)
    assert "Query aging is missing for November 2025" in html
    html = page(client, world, "study", world.other_study.pk, period="2025-11")
    assert "No file has been accepted for this month." in html


@pytest.mark.parametrize(
    "query",
    [{"period": "soon"}, {"known": "2025-02-30"}, {"engagement": "x"}, {"engagement": "1" * 30}],
)
def test_an_address_that_means_nothing_is_not_found(
    client: Client, two_months: World, query: dict[str, str]
) -> None:
    client.force_login(two_months.sam)
    assert client.get(reverse("dashboards:kpi", args=[SLUG]), query).status_code == 404


def test_empty_states_say_what_happens_next(client: Client, world: World) -> None:
    assert "No file has been accepted yet." in page(client, world, "portfolio")
    client.force_login(world.olga)
    html = client.get(reverse("dashboards:portfolio")).content.decode()
    assert "No CRO is engaged yet." in html
