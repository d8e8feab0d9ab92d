"""The pages that say what each KPI means."""

from datetime import date

import pytest
from django.urls import reverse

from kpis.definitions import catalogue, coming, kept
from kpis.engine.shapes import Outcome
from kpis.engine.terms import RagStatus
from kpis.models import SnapshotRun
from kpis.snapshots.compute import SYSTEM, compute_for, store
from kpis.snapshots.outcomes import Scored
from oversight.audit_trail.attribution import acting
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import NOW, accepted
from tests.people import World

SLUG = "query-aging"


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
    assert "Not used yet" in before
    assert "Read it together with Queries opened again" in before
    definition = catalogue()["query-aging"]
    kept(definition, now=NOW)
    after = words_of(ada.get(address))
    version = f"Version {definition.version} In force from 1 Jan 2019, as above."
    assert f"{version} First used 17 Nov 2025, 09:00 UTC" in after
    assert definition.digest() in after


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Let the pages think that it is this day."""
    monkeypatch.setattr("kpis.views.definitions.timezone.localdate", lambda: day)


def test_a_coming_version_is_announced_and_takes_over_with_its_month(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, page = browser(world.ada), reverse("kpis:definition-detail", args=[SLUG])
    on(monkeypatch, date(2026, 12, 31))
    words = words_of(ada.get(page))
    assert "Version 1, in force since 1 Jan 2019. Version 2 is coming in Jan 2027." in words
    assert "Version 2 Coming: holds from 1 Jan 2027." in words
    assert str(coming()[SLUG].change) in words
    assert "Counting: older than 14 10" in words
    assert "new in Jan 2027" in words_of(ada.get(reverse("kpis:definition-list")))
    on(monkeypatch, date(2027, 1, 1))
    words = words_of(ada.get(page))
    assert "Version 2, in force since 1 Jan 2027. Owner" in words
    assert "Version 1 Earlier, from 1 Jan 2019." in words
    assert "new in Jan" not in words_of(ada.get(reverse("kpis:definition-list")))


def test_results_that_changed_colour_with_a_version_are_told_to_those_who_see_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    (run, _) = compute_for(submission=accepted(world), now=NOW)
    values = {name: getattr(run, name) for name in ("engagement", "study", "period_start")}
    with acting(SYSTEM, reason="recomputed"):
        later = SnapshotRun.objects.create(
            **values,
            data_cutoff_date=run.data_cutoff_date,
            inputs_sha256="f" * 64,
            computed_at=NOW,
        )
        found = Scored("", Outcome(9, 40, 22.5, {}), RagStatus.RED)
        store(later, [(coming()[SLUG], [found])], now=NOW, limits={})
    page = reverse("kpis:definition-detail", args=[SLUG])
    words = words_of(browser(world.ada).get(page))
    assert "1 of 1 results that were computed with both versions changed colour" in words
    assert "Nov 2025 Alpha for NWT-301, NWT-301" in words
    for person in (world.ben, world.olga):
        assert "both versions" not in words_of(browser(person).get(page))


def test_an_unknown_kpi_is_not_found(world: World) -> None:
    answer = browser(world.sam).get(reverse("kpis:definition-detail", args=["nothing"]))
    assert answer.status_code == 404
