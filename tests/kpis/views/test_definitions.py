"""The pages that say what each KPI means."""

from django.urls import reverse

from kpis.definitions import catalogue, kept
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import NOW
from tests.people import World


def test_every_kpi_is_listed_and_explained(world: World) -> None:
    ada = browser(world.ada)
    listed = words_of(ada.get(reverse("kpis:definition-list")))
    assert all(one.question in listed for one in catalogue().values())
    one_of_each_formula = {one.formula: slug for slug, one in catalogue().items()}
    for slug in one_of_each_formula.values():
        definition = catalogue()[slug]
        page = words_of(ada.get(reverse("kpis:definition-detail", args=[slug])))
        assert definition.rationale.split(".")[0] in page
        for way in definition.gaming:
            assert way in page


def test_the_list_is_narrowed_by_words_of_name_question_or_listing(world: World) -> None:
    ada = browser(world.ada)
    address = reverse("kpis:definition-list")
    found = words_of(ada.get(address, {"q": "site START-UP contract"}))
    assert "1 KPI matches “site START-UP contract”" in found
    assert "Time to a signed site contract" in found
    assert "Query aging" not in found
    assert "No KPIs match “zebra”" in words_of(ada.get(address, {"q": "zebra"}))


def test_a_definition_says_limits_where_they_come_from_and_its_versions(world: World) -> None:
    address = reverse("kpis:definition-detail", args=["query-aging"])
    ada = browser(world.ada)
    before = words_of(ada.get(address))
    assert "over 5\u00a0%" in ada.get(address).content.decode()
    assert "Industry: Public library of key risk indicators" in before
    assert "not used yet" in before
    assert "Read it together with Queries opened again" in before
    definition = catalogue()["query-aging"]
    kept(definition, now=NOW)
    after = words_of(ada.get(address))
    version = f"Version {definition.version} as above in force from 1 Jan 2019"
    assert f"{version} first used 17 Nov 2025, 09:00 UTC" in after
    assert definition.digest() in after


def test_an_unknown_kpi_is_not_found(world: World) -> None:
    answer = browser(world.sam).get(reverse("kpis:definition-detail", args=["nothing"]))
    assert answer.status_code == 404
