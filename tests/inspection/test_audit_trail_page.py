"""The review of the audit trail: complete for its own sponsor, silent about every other."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from inspection.audit_trail.export import harmless
from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from oversight.audit_trail.services import record, seal
from studies.models import Site, Study
from tests.people import START, World
from vendors.access import Role, actor_of
from vendors.models import Membership, Sponsor, Vendor

PAGE = "inspection:audit-trail"
EXPORT = "inspection:audit-trail-export"


def get(client: Client, user: User, name: str = PAGE, **query: Any) -> Any:
    client.force_login(user)
    return client.get(reverse(name), query)


def body(response: Any) -> str:
    return (b"".join(response) if response.streaming else response.content).decode()


@pytest.fixture
def southwind_secrets(world: World) -> World:
    """Things that happened at Southwind, each with a word that Northwind must never read."""
    with acting(Actor.system("south"), reason="SECRET-REASON"):
        vendor = Vendor.objects.create(sponsor=world.southwind, name="SECRET-VENDOR")
        study = Study.objects.create(sponsor=world.southwind, protocol_number="SECRET-STUDY")
        Site.objects.create(study=study, number="SECRET-SITE")
        person = User.objects.create_user("secret@example.org", None, name="SECRET-PERSON")
        Membership.objects.create(
            user=person, vendor=vendor, role=Role.CRO_CONTRIBUTOR, from_date=START
        )
    record(Event.CREATED, actor=actor_of(world.olga), subject=study)
    record(Event.CREATED, actor=actor_of(world.olga), subject=vendor)
    record(Event.SIGNED_IN, actor=Actor.of_user(person), subject=person)
    return world


@pytest.mark.parametrize("show", ["events", "changes", "unattributed"])
@pytest.mark.parametrize("name", [PAGE, EXPORT])
def test_northwind_never_reads_of_southwind(
    southwind_secrets: World, client: Client, show: str, name: str
) -> None:
    text = body(get(client, southwind_secrets.quinn, name, show=show))
    assert "SECRET" not in text
    assert "Southwind" not in text
    assert "Olga" not in text


def test_southwind_reads_its_own(southwind_secrets: World, client: Client) -> None:
    events = body(get(client, southwind_secrets.olga))
    changes = body(get(client, southwind_secrets.olga, show="changes"))
    for word in ("SECRET-STUDY", "SECRET-VENDOR", "SECRET-PERSON"):
        assert word in events
    for word in ("SECRET-STUDY", "SECRET-VENDOR", "SECRET-SITE", "SECRET-REASON", "SECRET-PERSON"):
        assert word in changes
    for word in ("Northwind", "Alpha", "NWT", "Quinn"):
        assert word not in events + changes


def test_a_person_of_two_sponsors_carries_nothing_across(world: World, client: Client) -> None:
    """Ines also administers Southwind: what she does there is not Northwind's to read."""
    with acting(Actor.system("tests")):
        Membership.objects.create(
            user=world.ines, sponsor=world.southwind, role=Role.ADMINISTRATOR, from_date=START
        )
        vendor = Vendor.objects.create(sponsor=world.southwind, name="SECRET-VENDOR")
        seat = Membership.objects.create(
            user=world.nora, vendor=vendor, role=Role.CRO_CONTRIBUTOR, from_date=START
        )
    actor = actor_of(User.objects.get(pk=world.ines.pk))
    for subject in (world.southwind, vendor, seat, world.olga):
        record(Event.CHANGED, actor=actor, subject=subject, reason="SECRET-REASON")
    assert "SECRET" not in body(get(client, world.quinn))
    assert body(get(client, world.olga)).count("SECRET-REASON") == 4


def test_a_role_that_may_not_review_one_sponsor_does_not_through_another(
    world: World, client: Client
) -> None:
    with acting(Actor.system("tests")):
        Membership.objects.create(
            user=world.quinn, sponsor=world.southwind, role=Role.EXECUTIVE, from_date=START
        )
        Study.objects.create(sponsor=world.southwind, protocol_number="SECRET-STUDY")
    assert "SECRET" not in body(get(client, world.quinn, show="changes"))


@pytest.mark.parametrize("name", [PAGE, EXPORT])
def test_who_may_review(world: World, client: Client, name: str) -> None:
    for person, status in {"sam": 200, "quinn": 200, "ines": 200, "ada": 403, "nora": 403}.items():
        assert get(client, getattr(world, person), name).status_code == status
    refused = AuditTrailEntry.objects.filter(event=Event.REFUSED, actor_name="Ada").get()
    assert refused.detail == {"permission": "view-audit-trail"}
    client.logout()
    assert client.get(reverse(name)).status_code == 302


def test_sign_ins_show_while_the_person_was_a_member(world: World, client: Client) -> None:
    record(Event.SIGNED_IN, actor=Actor.of_user(world.ada), subject=world.ada)
    record(Event.SIGNED_IN, actor=Actor.of_user(world.nora), subject=world.nora)
    record(Event.SIGN_IN_FAILED, actor=Actor.visitor(), subject=world.sam)
    text = body(get(client, world.quinn))
    assert "User Ada" in text
    assert "Failed to sign in" in text
    assert "Nora" not in text


def test_a_deletion_by_hand_is_listed_as_unattributed(world: World, client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE studies_site SET name = 'by hand' WHERE number = 'Site 2'")
    response = get(client, world.quinn, show="unattributed")
    text = body(response)
    assert response.context["unattributed"] == 1
    assert "by hand" in text
    assert "unattributed" in text


def test_fields_show_old_and_new_in_words(world: World, client: Client) -> None:
    with acting(actor_of(world.sam), reason="Enrolment opened"):
        Study.objects.filter(pk=world.study.pk).update(status=Study.Status.ENROLLING)
    line = get(client, world.quinn, show="changes", what="studies_study").context["lines"][0]
    assert line.sentence == "Study: changed"
    assert line.subject == "NWT-301"
    assert line.fields == (("Status", "In start-up", "Enrolling"),)
    assert (line.actor, line.role) == ("Sam", "Oversight manager")
    assert line.reason == "Enrolment opened"


def test_a_hidden_value_is_said_to_be_hidden(world: World, client: Client) -> None:
    with acting(Actor.of_user(world.ada), reason="new password"):
        world.ada.set_password("another long password")
        world.ada.save()
    line = get(client, world.quinn, show="changes", subject="ada@").context["lines"][0]
    assert line.fields == (("Password", "(not shown)", "(not shown)"),)


def test_filters_narrow(world: World, client: Client) -> None:
    record(Event.VIEWED, actor=actor_of(world.sam), subject=world.study)
    record(Event.DOWNLOADED, actor=actor_of(world.quinn), subject=world.other_study)
    day = f"{AuditTrailEntry.objects.latest('id').at:%Y-%m-%d}"
    for asked, expected in (
        ({"actor": "sam"}, ["NWT-301"]),
        ({"what": "downloaded"}, ["NWT-204"]),
        ({"subject": "301"}, ["NWT-301"]),
        ({"from_date": day, "until_date": day, "actor": "Quinn"}, ["NWT-204"]),
        ({"until_date": "2020-01-01"}, []),
    ):
        lines = get(client, world.quinn, **asked).context["lines"]
        studies = [line.subject.removeprefix("Study ") for line in lines if "NWT" in line.subject]
        assert studies == expected, asked


@pytest.mark.parametrize(
    "asked", [{"before": "x"}, {"before": "0"}, {"from_date": "soon"}, {"what": "nonsense"}]
)
def test_a_wrong_filter_shows_nothing_and_breaks_nothing(
    world: World, client: Client, asked: dict[str, str]
) -> None:
    record(Event.VIEWED, actor=actor_of(world.sam), subject=world.study)
    response = get(client, world.quinn, **asked)
    assert response.status_code == 200
    assert response.context["lines"] == []
    assert body(get(client, world.quinn, EXPORT, **asked)).count("\r\n") == 1


def test_pages_follow_one_another_without_gap(
    world: World, client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(130):
        record(Event.VIEWED, actor=actor_of(world.sam), subject=world.study, reason=f"r{number}")
    first = get(client, world.quinn, what="viewed")
    second = get(client, world.quinn, what="viewed", before=first.context["older"])
    lines = first.context["lines"] + second.context["lines"]
    assert [line.reason for line in lines] == [f"r{number}" for number in reversed(range(130))]
    assert second.context["older"] is None
    for show in ("events", "changes"):
        with django_assert_num_queries(8):  # user, memberships, lines, unattributed, 4 for seals
            client.get(reverse(PAGE), {"show": show})


def test_seal_status(world: World, client: Client) -> None:
    assert "No seal yet" in body(get(client, world.quinn))
    seal()
    record(Event.VIEWED, actor=actor_of(world.sam), subject=world.study)
    status = get(client, world.quinn).context["seals"]
    assert status.count == 1
    assert len(status.head_sha256) == 64
    assert status.open_window >= 1


def test_export_is_recorded_and_harmless(world: World, client: Client) -> None:
    reason = '=HYPERLINK("http://example.org")'
    record(Event.VIEWED, actor=actor_of(world.sam), subject=world.study, reason=reason)
    response = get(client, world.quinn, EXPORT, actor="Sam")
    rows = list(csv.DictReader(io.StringIO(body(response).removeprefix("\ufeff"))))
    assert [row["Reason"] for row in rows if row["What"] == "Viewed"] == ["'" + reason]
    exported = AuditTrailEntry.objects.get(event=Event.EXPORTED)
    assert exported.actor_name == "Quinn"
    assert exported.sponsor_id == world.northwind.pk
    assert exported.detail == {"audit_trail": "events", "filter": {"actor": "Sam"}}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_are_defused(start: str) -> None:
    assert harmless(f"{start}1") == f"'{start}1"
    assert harmless(f"1{start}") == f"1{start}"


def test_a_sponsor_without_anything_sees_an_empty_page(world: World, client: Client) -> None:
    with acting(Actor.system("tests")):
        empty = Sponsor.objects.create(name="Eastwind")
        Membership.objects.create(
            user=world.nora, sponsor=empty, role=Role.AUDITOR, from_date=START
        )
    text = body(get(client, world.nora, show="changes"))
    assert "Eastwind" in text
    assert "Northwind" not in text
