"""Service providers: list, see, create, edit, and who may not."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from tests.people import World
from tests.vendors.browsing import (
    filled,
    last_change,
    page,
    refusals,
    send,
    signed_in,
    status,
)
from vendors.models import Vendor

pytestmark = pytest.mark.django_db


def test_the_sponsor_lists_its_providers(world: World) -> None:
    words = page(world.sam, "vendors:vendor-list")
    assert "2 service providers" in words
    assert "Alpha" in words
    assert "Add a provider" in words


def test_a_cro_lists_itself_only(world: World) -> None:
    words = page(world.ada, "vendors:vendor-list")
    assert "1 service provider" in words
    assert "Beta" not in words
    assert "Add a provider" not in words


def test_search_and_sorting(world: World) -> None:
    assert "1 service provider match" in page(world.sam, "vendors:vendor-list", q="alp")
    assert "No service providers match" in page(world.sam, "vendors:vendor-list", q="x\x00yz")
    words = page(world.sam, "vendors:vendor-list", sort="-name", page="99")
    assert words.index("Beta</a>") < words.index("Alpha</a>")
    assert 'aria-sort="descending"' in words


def test_an_empty_register_names_the_next_step(world: World) -> None:
    words = page(world.olga, "vendors:vendor-list")
    assert "The register is empty" in words
    assert reverse("vendors:vendor-create") in words


def test_fifty_rows_a_page(world: World) -> None:
    Vendor.objects.bulk_create(
        Vendor(sponsor=world.northwind, name=f"Provider {n:03}") for n in range(60)
    )
    assert "Page 1 of 2" in page(world.sam, "vendors:vendor-list")


def test_the_page_of_a_provider(world: World) -> None:
    words = page(world.sam, "vendors:vendor-detail", world.alpha.pk)
    assert "Alpha for NWT-301" in words  # the engagement
    assert "ada@example.org" in words
    assert "the tests&#x27; world" in words  # why it was created


def test_a_cro_sees_its_own_page_without_history(world: World) -> None:
    words = page(world.ada, "vendors:vendor-detail", world.alpha.pk)
    assert "Alpha for NWT-301" in words
    assert "who, when, from what to what, why" not in words


def test_a_sub_provider_does_not_learn_who_brought_it_in(world: World) -> None:
    send(world.sam, "vendors:vendor-edit", world.beta.pk, parent=world.alpha.pk, reason="known")
    assert "Works under" in page(world.sam, "vendors:vendor-detail", world.beta.pk)
    assert "Beta" in page(world.sam, "vendors:vendor-detail", world.alpha.pk)
    for name in ("vendors:vendor-list", "vendors:vendor-detail"):
        arguments = [world.beta.pk] if name.endswith("detail") else []
        assert "Alpha" not in page(world.ben, name, *arguments)


def test_creating_a_provider_leaves_actor_role_and_reason(world: World) -> None:
    answer = send(world.sam, "vendors:vendor-create", name="Gamma", kind="irt", reason="tender 7")
    gamma = Vendor.objects.get(name="Gamma")
    assert answer.url == reverse("vendors:vendor-detail", args=[gamma.pk])
    assert gamma.sponsor == world.northwind
    change = last_change("vendors_vendor")
    assert (change.object_id, change.reason) == (str(gamma.pk), "tender 7")
    assert (change.actor_name, change.role) == ("Sam", "Oversight manager")
    assert change.organisation == "Northwind Therapeutics"
    event = AuditTrailEntry.objects.get(event=Event.CREATED, subject_id=str(gamma.pk))
    assert event.sponsor_id == world.northwind.pk


def test_a_new_provider_needs_no_reason_and_gets_one(world: World) -> None:
    send(world.sam, "vendors:vendor-create", name="Gamma", kind="cro")
    assert last_change("vendors_vendor").reason == "Added to the register"


def test_the_same_name_twice_is_told(world: World) -> None:
    answer = send(world.sam, "vendors:vendor-create", name="Alpha", kind="cro")
    assert "already holds a service provider of this name" in refusals(answer)


def test_editing_shows_old_and_new_in_the_history(world: World) -> None:
    answer = send(
        world.sam, "vendors:vendor-edit", world.alpha.pk, country="France", reason="it moved"
    )
    assert answer.status_code == 302
    words = page(world.sam, "vendors:vendor-detail", world.alpha.pk)
    assert "it moved" in words
    assert "Country of its seat" in words
    assert AuditTrailEntry.objects.filter(event=Event.CHANGED, reason="it moved").exists()


def test_an_edit_without_a_reason_is_refused(world: World) -> None:
    answer = send(world.sam, "vendors:vendor-edit", world.alpha.pk, name="Other")
    assert "Say why you change this" in refusals(answer)
    world.alpha.refresh_from_db()
    assert world.alpha.name == "Alpha"


def test_saving_the_same_values_writes_nothing(world: World) -> None:
    before = last_change("vendors_vendor").pk
    answer = send(world.sam, "vendors:vendor-edit", world.alpha.pk, reason="looked again")
    assert answer.status_code == 302
    assert last_change("vendors_vendor").pk == before
    assert not AuditTrailEntry.objects.filter(event=Event.CHANGED).exists()


def test_a_relationship_ends_with_a_day_and_stays(world: World) -> None:
    send(world.sam, "vendors:vendor-edit", world.beta.pk, ended_on=date(2026, 6, 30), reason="over")
    assert AuditTrailEntry.objects.filter(event=Event.ENDED, subject_id=str(world.beta.pk)).exists()
    assert "ended 30 Jun 2026" in page(world.sam, "vendors:vendor-list")


def test_a_stale_edit_is_told_and_overwrites_nothing(world: World) -> None:
    client, address = signed_in(world.sam), reverse("vendors:vendor-edit", args=[world.alpha.pk])
    opened = filled(client, address, country="Spain", reason="mine")
    send(world.sam, "vendors:vendor-edit", world.alpha.pk, country="France", reason="theirs")
    answer = client.post(address, opened)
    assert "Somebody changed this record while you had it open" in refusals(answer)
    words = answer.content.decode()
    assert "theirs" in words
    assert "France" in words
    world.alpha.refresh_from_db()
    assert world.alpha.country == "France"


def test_a_form_without_its_fingerprint_is_stale(world: World) -> None:
    address = reverse("vendors:vendor-edit", args=[world.alpha.pk])
    answer = signed_in(world.sam).post(address, {"name": "A", "kind": "cro", "reason": "by hand"})
    assert "Somebody changed this record" in refusals(answer)


def test_a_provider_cannot_work_under_its_own_sub_provider(world: World) -> None:
    send(world.sam, "vendors:vendor-edit", world.beta.pk, parent=world.alpha.pk, reason="known")
    answer = send(
        world.sam, "vendors:vendor-edit", world.alpha.pk, parent=world.beta.pk, reason="a circle"
    )
    assert "already works under" in refusals(answer)


def test_a_parent_of_another_register_is_no_choice(world: World) -> None:
    stranger = Vendor.objects.create(sponsor=world.southwind, name="Stranger")
    answer = send(world.sam, "vendors:vendor-create", name="G", kind="cro", parent=stranger.pk)
    assert "not one of the available choices" in refusals(answer)


@pytest.mark.parametrize("name", ["vendors:vendor-detail", "vendors:vendor-edit"])
def test_invisible_is_not_found(world: World, name: str) -> None:
    assert status(world.ben, name, world.alpha.pk) == 404
    assert status(world.olga, name, world.alpha.pk) == 404
    assert status(world.nora, name, world.alpha.pk) == 404


def test_visible_but_not_allowed_is_refused_and_recorded(world: World) -> None:
    assert status(world.ada, "vendors:vendor-edit", world.alpha.pk) == 403
    assert status(world.quinn, "vendors:vendor-edit", world.alpha.pk) == 403
    assert status(world.ada, "vendors:vendor-create") == 403
    assert status(world.nora, "vendors:vendor-list") == 403
    assert AuditTrailEntry.objects.filter(event=Event.REFUSED).count() == 4


def test_nobody_gets_in_unsigned(world: World, client: Client) -> None:
    answer = client.get(reverse("vendors:vendor-list"))
    assert answer.status_code == 302
    assert "login" in answer["Location"]
