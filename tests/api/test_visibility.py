"""Ada's token never sees Beta, at any address of the API."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from kpis.snapshots.compute import compute_for
from kpis.waivers import Month, waive
from oversight.api_urls import urlpatterns
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from studies.models import Delegation, Site
from tests.api.asking import Caller, caller, issued
from tests.kpis.makers import NOW, accepted
from tests.people import World
from tests.test_url_matrix import names
from tests.url_matrix import MATRIX, Things
from tests.vendors.test_visibility_everywhere import ROWS, make_side
from vendors.access import actor_of
from vendors.models import Certificate, Clause, Contact, ServiceOffered

pytestmark = pytest.mark.django_db

ADDRESSES = [name for name in names(urlpatterns, "api:") if MATRIX[name].answers[:3] == "401"]
LISTS = [name for name in ADDRESSES if name.endswith("-list")]
RECORDS = [n for n in ADDRESSES if n.endswith(("-detail", "-sites")) and n != "api:kpi-detail"]
# What a sponsor keeps of its providers is an empty list for them.
SPONSORS_OWN = {
    f"api:{one}-list" for one in ("tier", "qualification", "approval", "ind-submission")
}
BETA = "unmistakably of Beta"


@pytest.fixture
def of_beta(world: World) -> Things:
    """One of everything, on Beta's side, with words that must not show."""
    compute_for(submission=accepted(world), now=NOW)
    month = Month(world.alpha_engagement, world.study, date(2025, 11, 1))
    waive(actor=actor_of(world.sam), month=month, listing="queries", reason="Frozen.", now=NOW)
    with acting(Actor.system("tests")):
        world.beta.name = BETA
        world.beta.save()
        side = make_side(world.beta_engagement, world.other_study, world.ben)
        rows = {model.__name__: make(side) for model, make in ROWS.items()}
        Site.objects.filter(study=world.other_study).update(name=BETA)
        Delegation.objects.filter(engagement=world.beta_engagement).update(clause=BETA)
        # Alpha has a file of its own beside it.
        for model in (Certificate, Clause, Contact, ServiceOffered):
            ROWS[model](replace(side, vendor=world.alpha))
    return Things(world=world, side=side, rows=rows)


def ask(world: World, things: Things, name: str) -> Any:
    return caller(world).client.get(reverse(name, kwargs=MATRIX[name].arguments(things)))


def test_every_address_is_asked() -> None:
    assert len(LISTS) == 20
    assert len(RECORDS) == 10
    assert set(ADDRESSES) - set(LISTS) - set(RECORDS) == {"api:kpi-detail", "api:schema"}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_holds_nothing_of_beta(world: World, of_beta: Things, name: str) -> None:
    response = ask(world, of_beta, name)
    assert response.status_code == 200
    found = response.json()
    common = ("api:kpi-list", "api:function-list", "api:obligation-list")
    whole = found["next"] is None or name in common
    assert whole
    assert name == "api:kpi-list" or bool(found["results"]) != (name in SPONSORS_OWN)
    assert BETA not in response.content.decode()
    of_beta_ids = {
        "cro": of_beta.side.vendor.pk,
        "engagement": of_beta.side.engagement.pk,
        "study": of_beta.side.study.pk,
    }
    for row in found["results"]:
        assert not row.items() & of_beta_ids.items()


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_of_beta_is_not_there(world: World, of_beta: Things, name: str) -> None:
    response = ask(world, of_beta, name)
    assert response.status_code == 404
    assert BETA not in response.content.decode()


def test_nothing_can_be_sent_for_beta(world: World, of_beta: Things) -> None:
    sent = caller(world).send(world, engagement=world.beta_engagement.pk)
    assert sent.status_code == 404
    assert caller(world).send(world, study=world.other_study.pk).status_code == 404


def test_what_the_token_may_not_is_refused_and_recorded(world: World) -> None:
    reading = caller(world, scopes=("read",))
    assert reading.send(world).status_code == 403
    sending = Caller(issued(world, scopes=("upload",)).secret)
    for name in LISTS:
        assert sending.client.get(reverse(name)).status_code == 403, name
    entries = AuditTrailEntry.objects.filter(event=Event.REFUSED)
    assert entries.count() == 1 + len(LISTS)
    assert all(entry.actor_name.startswith("service token ovs_") for entry in entries)
    assert json.dumps(entries[0].detail) == '{"permission": "upload"}'
