"""Sponsors: their own people see them, administrators name them and add further ones."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from tests.people import START, World
from tests.vendors.browsing import filled, last_change, page, refusals, send, signed_in, status
from vendors.access import Role
from vendors.models import Membership, Sponsor
from vendors.services import create_sponsor

pytestmark = pytest.mark.django_db

LIST, DETAIL = "vendors:sponsor-list", "vendors:sponsor-detail"
CREATE, EDIT = "vendors:sponsor-create", "vendors:sponsor-edit"


def test_members_list_their_own_sponsor_only(world: World) -> None:
    for person in (world.sam, world.quinn, world.ines):
        words = page(person, LIST)
        assert "1 sponsor of which you are a member" in words
        assert "Northwind Therapeutics" in words
        assert "Southwind" not in words
    assert "Add a sponsor" in page(world.ines, LIST)
    assert "Add a sponsor" not in page(world.sam, LIST)


def test_whom_a_cro_works_for_is_not_listed_to_somebody_who_is_in_both(world: World) -> None:
    with acting(Actor.system("tests")):
        Membership.objects.create(
            user=world.olga, vendor=world.alpha, role=Role.CRO_CONTRIBUTOR, from_date=START
        )
    olga = User.objects.get(pk=world.olga.pk)
    assert "Northwind Therapeutics</a>" not in page(olga, LIST)
    assert status(olga, DETAIL, world.northwind.pk) == 403


def test_the_page_of_a_sponsor_shows_its_own_people_and_history(world: World) -> None:
    words = page(world.sam, DETAIL, world.northwind.pk)
    assert "quinn@example.org" in words
    assert "ada@example.org" not in words
    assert "the tests&#x27; world" in words
    assert reverse(EDIT, args=[world.northwind.pk]) not in words
    assert reverse(EDIT, args=[world.northwind.pk]) in page(world.ines, DETAIL, world.northwind.pk)


def test_pages_lead_there_for_the_sponsors_people_only(world: World) -> None:
    assert reverse(LIST) in page(world.sam, "vendors:vendor-list")
    assert reverse(LIST) not in page(world.ada, "vendors:vendor-list")


def test_a_new_sponsor_has_its_first_administrator(world: World) -> None:
    answer = send(world.ines, CREATE, name="Northwind Japan", reason="a daughter company")
    japan = Sponsor.objects.get(name="Northwind Japan")
    assert answer.url == reverse(DETAIL, args=[japan.pk])
    first = Membership.objects.current().get(sponsor=japan)
    assert (first.user, first.role, first.until_date) == (world.ines, Role.ADMINISTRATOR, None)
    assert last_change("vendors_sponsor").reason == "a daughter company"
    assert last_change("vendors_membership").actor_name == "Ines"
    created = AuditTrailEntry.objects.filter(event=Event.CREATED, sponsor_id=japan.pk)
    assert {entry.subject_table for entry in created} == {"vendors_sponsor", "vendors_membership"}
    assert "2 sponsors of which you are a member" in page(world.ines, LIST)
    assert status(world.sam, DETAIL, japan.pk) == 404


def test_a_sponsor_without_somebody_to_administer_it_is_not_made(world: World) -> None:
    with pytest.raises(ValidationError, match="becomes its first administrator"):
        create_sponsor(actor=Actor.system("tests"), values={"name": "Nobody's"}, today=START)
    assert not Sponsor.objects.filter(name="Nobody's").exists()


def test_a_name_is_refused_among_ones_own_and_tells_nothing_of_others(world: World) -> None:
    answer = send(world.ines, CREATE, name="northwind therapeutics")
    assert "A sponsor of this name is already here." in refusals(answer)
    assert send(world.ines, CREATE, name="Southwind Pharma").status_code == 302


def test_a_rename_needs_its_reason_and_stands_in_the_history(world: World) -> None:
    pk = world.northwind.pk
    assert "Say why you change this" in refusals(send(world.ines, EDIT, pk, name="Northwind"))
    send(world.ines, EDIT, pk, name="Northwind", reason="shorter")
    words = page(world.sam, DETAIL, pk)
    assert "Northwind Therapeutics" in words
    assert "shorter" in words
    assert send(world.ines, EDIT, pk, reason="looked again").status_code == 302
    assert last_change("vendors_sponsor").reason == "shorter"


def test_a_stale_rename_is_told(world: World) -> None:
    client, address = signed_in(world.ines), reverse(EDIT, args=[world.northwind.pk])
    opened = filled(client, address, name="Mine", reason="mine")
    send(world.ines, EDIT, world.northwind.pk, name="Theirs", reason="theirs")
    assert "Somebody changed this record" in refusals(client.post(address, opened))


def test_who_may_not(world: World) -> None:
    for person in (world.sam, world.quinn, world.ada):
        assert status(person, CREATE) == status(person, EDIT, world.northwind.pk) == 403
    assert status(world.ada, LIST) == status(world.ada, DETAIL, world.northwind.pk) == 403
    assert status(world.nora, LIST) == 403
    for person in (world.olga, world.nora):
        assert status(person, DETAIL, world.northwind.pk) == 404
