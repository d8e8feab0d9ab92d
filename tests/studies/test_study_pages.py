"""Studies and sites: list, see, create, edit, and who may not."""

from datetime import date

import pytest
from django.urls import reverse

from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from studies.models import Site, Study
from tests.people import START, World
from tests.vendors.browsing import filled, last_change, page, refusals, send, signed_in, status
from vendors.access import Role
from vendors.models import Membership

pytestmark = pytest.mark.django_db


def test_lists_show_what_one_may_see(world: World) -> None:
    words = page(world.sam, "studies:study-list")
    assert "2 studies" in words
    assert "SWP-001" not in words
    words = page(world.ada, "studies:study-list")
    assert "1 study" in words
    assert "NWT-204" not in words
    assert "1 study match" in page(world.sam, "studies:study-list", q="204")


def test_creating_a_study(world: World) -> None:
    answer = send(
        world.sam,
        "studies:study-create",
        protocol_number="NWT-900",
        names_in_files="Study 9, S9,, Study 9",
        reason="new protocol",
    )
    study = Study.objects.get(protocol_number="NWT-900")
    assert answer.url == reverse("studies:study-detail", args=[study.pk])
    assert study.sponsor == world.northwind
    assert study.names_in_files == ["Study 9", "S9"]
    change = last_change("studies_study")
    assert (change.reason, change.actor_name) == ("new protocol", "Sam")


def test_the_same_protocol_number_twice_is_told(world: World) -> None:
    answer = send(world.sam, "studies:study-create", protocol_number="NWT-301")
    assert "already holds a study with this protocol number" in refusals(answer)


def test_the_same_number_may_stand_in_another_register(world: World) -> None:
    answer = send(world.olga, "studies:study-create", protocol_number="NWT-301")
    assert answer.status_code == 302
    assert Study.objects.filter(sponsor=world.southwind, protocol_number="NWT-301").exists()


def test_with_two_sponsors_one_chooses(world: World) -> None:
    Membership.objects.create(
        user=world.sam, sponsor=world.southwind, role=Role.OVERSIGHT_MANAGER, from_date=START
    )
    answer = send(
        world.sam,
        "studies:study-create",
        protocol_number="SWP-900",
        sponsor=world.southwind.pk,
    )
    assert answer.status_code == 302
    assert Study.objects.get(protocol_number="SWP-900").sponsor == world.southwind


def test_a_role_without_the_right_makes_no_choice(world: World) -> None:
    Membership.objects.create(
        user=world.sam, sponsor=world.southwind, role=Role.AUDITOR, from_date=START
    )
    send(
        world.sam,
        "studies:study-create",
        protocol_number="NWT-901",
        sponsor=world.southwind.pk,
    )
    assert Study.objects.get(protocol_number="NWT-901").sponsor == world.northwind


def test_editing_a_study_keeps_what_was(world: World) -> None:
    send(
        world.sam,
        "studies:study-edit",
        world.study.pk,
        status="enrolling",
        names_in_files="Study 1, S1",
        reason="first participant",
    )
    words = page(world.sam, "studies:study-detail", world.study.pk)
    assert "In start-up" in words  # old
    assert "Enrolling" in words  # new
    assert "Study 1, S1" in words
    assert "first participant" in words
    assert "first participant" not in page(world.ada, "studies:study-detail", world.study.pk)


def test_a_stale_study_is_told(world: World) -> None:
    client, address = signed_in(world.sam), reverse("studies:study-edit", args=[world.study.pk])
    opened = filled(client, address, title="Mine", reason="mine")
    send(world.sam, "studies:study-edit", world.study.pk, title="Theirs", reason="theirs")
    assert "Somebody changed this record" in refusals(client.post(address, opened))
    world.study.refresh_from_db()
    assert world.study.title == "Theirs"


@pytest.mark.parametrize("name", ["study-detail", "study-edit", "site-list", "site-create"])
def test_an_invisible_study_is_not_found(world: World, name: str) -> None:
    for person in (world.ben, world.olga, world.nora):
        assert status(person, f"studies:{name}", world.study.pk) == 404


def test_a_cro_may_not_edit(world: World) -> None:
    site = Site.objects.get(study=world.study)
    assert status(world.ada, "studies:study-create") == 403
    assert status(world.ada, "studies:study-edit", world.study.pk) == 403
    assert status(world.ada, "studies:site-create", world.study.pk) == 403
    assert status(world.ada, "studies:site-edit", site.pk) == 403
    assert status(world.nora, "studies:study-list") == 403


def test_sites_are_listed_searched_and_counted(world: World) -> None:
    Site.objects.create(study=world.study, number="007", country="DEU", activated_on=START)
    words = page(world.ada, "studies:site-list", world.study.pk)
    assert "2 sites of NWT-301 in 2 countries" in words
    assert "1 activated, 0 closed" in words
    assert "007" in page(world.sam, "studies:site-list", world.study.pk, q="deu")


def test_a_study_without_sites_names_the_next_step(world: World) -> None:
    words = page(world.sam, "studies:site-list", world.other_study.pk)
    assert "No site yet" in words
    assert reverse("studies:site-create", args=[world.other_study.pk]) in words
    assert "An oversight manager adds sites" in page(
        world.ben, "studies:site-list", world.other_study.pk
    )


def test_creating_changing_and_closing_a_site(world: World) -> None:
    answer = send(world.sam, "studies:site-create", world.study.pk, number="007", country="DEU")
    assert answer.url == reverse("studies:site-list", args=[world.study.pk])
    site = Site.objects.get(number="007")
    assert last_change("studies_site").actor_name == "Sam"
    send(world.sam, "studies:site-edit", site.pk, activated_on=START, reason="first visit")
    send(world.sam, "studies:site-edit", site.pk, closed_on=date(2026, 1, 5), reason="closed")
    event = AuditTrailEntry.objects.get(event=Event.ENDED, subject_table="studies_site")
    assert event.reason == "closed"
    words = page(world.quinn, "studies:site-detail", site.pk)
    assert "5 Jan 2026" in words
    assert "first visit" in words
    assert "first visit" not in page(world.ada, "studies:site-detail", site.pk)


def test_what_a_site_may_not_be(world: World) -> None:
    answer = send(world.sam, "studies:site-create", world.study.pk, number="Site 2")
    assert "already has a site with this number" in refusals(answer)
    answer = send(
        world.sam,
        "studies:site-create",
        world.study.pk,
        number="8",
        activated_on=date(2026, 2, 1),
        closed_on=date(2026, 1, 1),
    )
    assert "closes before it was activated" in refusals(answer)
    answer = send(
        world.sam, "studies:site-create", world.study.pk, number="8", activated_on="01/02/26"
    )
    assert "Write the date as year-month-day" in refusals(answer)


def test_an_invisible_site_is_not_found(world: World) -> None:
    site = Site.objects.get(study=world.study)
    for name in ("studies:site-detail", "studies:site-edit"):
        assert status(world.ben, name, site.pk) == 404
