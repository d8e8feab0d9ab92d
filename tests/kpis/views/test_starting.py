"""The guided start: its steps forth and back, what it refuses, and what it writes in the end."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kpis.selectors.calendar import calendar_page
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation, Engagement, Function, Obligation
from tests.kpis.browsing import browser, words_of
from tests.people import World
from vendors.models import Agreement, AgreementVersion, Sponsor

pytestmark = pytest.mark.django_db
START = "2026-03-01"


class Walk:
    """A reader who fills in what a page shows and sends it on, as a browser does."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.page: Any = client.get(reverse("kpis:engagement-start"))

    def step(self, go: str = "next", **filled: Any) -> "Walk":
        shown = self.page.context["shown"]
        data: dict[str, list[str]] = {"step": [shown.key], "go": [go]}
        for name, value in shown.hidden:
            data.setdefault(name, []).append(value)
        for name in shown.form.fields:
            value = filled.get(name, shown.form[name].value())
            values = value if isinstance(value, list) else [value]
            data[name] = [str(one) for one in values if one is not None]
        self.page = self.client.post(reverse("kpis:engagement-start"), data)
        return self

    @property
    def key(self) -> str:
        return str(self.page.context["shown"].key)

    @property
    def words(self) -> str:
        return words_of(self.page)

    @property
    def rows(self) -> dict[str, Any]:
        return {row.proposed.work.slug: row for row in self.page.context["form"].rows()}


def function(slug: str) -> str:
    return str(Function.objects.get(slug=slug).pk)


def to_functions(world: World, model: str, *, regions: list[str] | None = None) -> Walk:
    walk = Walk(browser(world.sam)).step(vendor=world.beta.pk).step(model=model)
    return walk.step(studies=[world.study.pk], regions=regions or [])


def size(world: World, value: str) -> None:
    with acting(Actor.system("tests")):
        Sponsor.objects.filter(pk=world.northwind.pk).update(size=value)


def test_full_service_begins_with_everything_but_what_others_hold(world: World) -> None:
    walk = to_functions(world, "full-service")
    rows = walk.rows
    assert rows["clinical-monitoring"].cells[0][2]
    assert not rows["data-management"].cells[0][2]
    assert "Held by Alpha on NWT-301: an overlap." in walk.words
    consent = Obligation.objects.filter(transferable=False).first()
    assert consent is not None
    assert not rows[consent.function.slug].proposed.may
    walk.step().step(name="Beta full", start_date=START, reports_from="")
    assert walk.key == "confirm"
    assert "Beta is not qualified: never assessed." in walk.words
    assert "No agreement is named" in walk.words
    assert "From March 2026 Beta owes" in walk.words
    walk.step("confirm", reason="The board chose Beta on 3 February.")
    engagement = Engagement.objects.get(name="Beta full")
    assert walk.page.url == reverse("studies:engagement-detail", args=[engagement.pk])
    written = Delegation.objects.filter(engagement=engagement)
    movable = Function.objects.filter(sponsor=None).exclude(obligation__transferable=False)
    assert written.count() == movable.count() - 1
    assert {(one.confirmed_by, one.systems, one.from_date) for one in written} == {
        (world.sam, "provider", date(2026, 3, 1))
    }


def test_fsp_is_functions_by_regions_in_the_sponsors_systems(world: World) -> None:
    size(world, "mid-size")
    walk = to_functions(world, "fsp", regions=["europe", "asia-pacific"])
    assert "Mid-size companies begin with few functions" in walk.words
    assert all(ticked for _, _, ticked in walk.rows["biostatistics"].cells)
    pk = function("biostatistics")
    walk.step(take=[f"{pk}:europe", f"{pk}:asia-pacific"])
    walk.step(name="Beta FSP", start_date=START).step("confirm", reason="Agreed.")
    written = Delegation.objects.filter(engagement__name="Beta FSP")
    assert {(one.region, one.systems, one.procedures) for one in written} == {
        ("europe", "sponsor", "sponsor"),
        ("asia-pacific", "sponsor", "sponsor"),
    }


def test_hybrid_wants_words_for_what_is_shared_and_shows_overlaps(world: World) -> None:
    walk = to_functions(world, "hybrid")
    data, writing = function("data-management"), function("medical-writing")
    take = [f"{data}:", f"{writing}:"]
    walk.step(take=take, shared=[writing])
    assert walk.key == "functions"
    assert "Say which part is the sponsor" in walk.words
    split = {f"split-{writing}": "Beta drafts, we approve."}
    walk.step(take=[f"{data}:"], shared=[writing], **split)
    assert "Tick where the CRO takes part" in walk.words
    walk.step(take=take, shared=[writing], **split).step(name="Mixed", start_date=START)
    assert "1 of these is held by somebody else as well" in walk.words
    assert "also held by Alpha since 1 Jan 2024" in walk.words
    walk.step("confirm", reason="Overlap until April.")
    found = {one.function.slug: one for one in Delegation.objects.filter(engagement__name="Mixed")}
    assert found["medical-writing"].split == "Beta drafts, we approve."
    assert found["data-management"].kind == "transferred"


def test_back_keeps_what_was_filled_in_and_another_model_begins_anew(world: World) -> None:
    size(world, "large")
    pk = function("feasibility")
    walk = to_functions(world, "fsp").step(take=[f"{pk}:"])
    assert walk.key == "terms"
    walk.step("back", name="Kept name")
    assert walk.page.context["form"]["take"].value() == [f"{pk}:"]
    walk.step("back").step("back")
    assert walk.page.context["form"]["model"].value() == "fsp"
    walk.step(model="full-service").step()
    assert walk.rows["clinical-monitoring"].cells[0][2]
    walk.step()
    assert walk.page.context["form"]["name"].value() == "Kept name"
    assert walk.page.context["form"]["systems"].value() == "provider"


def test_what_is_missing_is_said_at_its_step_and_nothing_is_written(world: World) -> None:
    walk = Walk(browser(world.sam)).step()
    assert "Choose the CRO." in walk.words
    walk.step(vendor=world.beta.pk).step()
    assert "Choose the model." in walk.words
    walk.step(model="fsp").step()
    assert "Choose at least one study." in walk.words
    walk.step(studies=[world.study.pk]).step(take=[])
    assert "Tick at least one function." in walk.words
    consent = Obligation.objects.filter(transferable=False).first()
    assert consent is not None
    walk.step(take=[f"{consent.pk}:"])
    assert "This cannot be transferred" in walk.words
    walk.step(take=[f"{function('feasibility')}:"])
    walk.step(name="Beta for NWT-204", start_date=START, end_date="2026-01-01")
    assert "The last day lies before the start date." in walk.words
    walk.step(end_date="").step("confirm")
    assert "Say why you start it" in walk.words
    walk.step("confirm", reason="So.")
    assert "already holds an engagement of this name" in walk.words
    assert Engagement.objects.count() == 2
    assert Delegation.objects.count() == 2


def test_an_agreement_signed_late_is_said_and_what_the_sponsor_keeps_ends(world: World) -> None:
    pk = function("feasibility")
    with acting(Actor.system("tests")):
        agreement = Agreement.objects.create(vendor=world.beta, kind="work-order", title="WO-7")
        version = AgreementVersion.objects.create(
            agreement=agreement,
            label="1.0",
            effective_on=date(2026, 2, 1),
            sponsor_signatory="A",
            sponsor_signed_on=date(2026, 3, 9),
            provider_signatory="B",
            provider_signed_on=date(2026, 2, 9),
        )
        kept = Delegation.objects.create(
            study=world.study, function_id=int(pk), kind="retained", from_date=date(2025, 1, 1)
        )
    walk = to_functions(world, "fsp").step(take=[f"{pk}:"])
    walk.step(name="Beta 7", start_date=START, agreement_version=version.pk)
    assert "WO-7, version 1.0 holds from 9 Mar 2026, after the start." in walk.words
    assert "what the sponsor keeps ends the day before" in walk.words
    walk.step("confirm", reason="WO-7.")
    kept.refresh_from_db()
    assert kept.until_date == date(2026, 2, 28)
    assert Engagement.objects.get(name="Beta 7").agreement == agreement


def test_what_the_draft_says_is_due_is_what_the_calendar_shows(world: World) -> None:
    pk = function("clinical-monitoring")
    walk = to_functions(world, "full-service").step(take=[f"{pk}:"])
    walk.step(name="Beta CM", start_date=START, reports_from="")
    (block,) = walk.page.context["page"].due
    walk.step("confirm", reason="Agreed.")
    calendar = calendar_page(world.sam, period=date(2026, 3, 1), today=date(2026, 4, 1), wanted={})
    shown = {row.study: set(row.listings) for row in calendar.rows if row.engagement == "Beta CM"}
    assert shown == {part.scope: set(part.listings) for part in block.parts}


def test_strangers_records_are_no_choice(world: World) -> None:
    walk = Walk(browser(world.olga)).step(vendor=world.beta.pk)
    assert walk.page.context["form"].errors["vendor"] == ["Choose the CRO."]
    assert "Beta" not in walk.words


def test_the_draft_costs_the_same_for_many_functions(world: World) -> None:
    counts = []
    for slugs in (["feasibility"], ["feasibility", "start-up", "biostatistics", "medical-writing"]):
        walk = to_functions(world, "fsp").step(take=[f"{function(slug)}:" for slug in slugs])
        with CaptureQueriesContext(connection) as captured:
            walk.step(name="Beta", start_date=START)
        assert walk.key == "confirm"
        counts.append(len(captured))
    assert counts[0] == counts[1]
