"""People and roles: who may give and end them, and what is refused."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from oversight.accounts.models import User
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from tests.people import PASSWORD, START, World
from tests.vendors.browsing import last_change, page, refusals, send, status
from vendors.access import Role
from vendors.models import Membership, Vendor

pytestmark = pytest.mark.django_db

CREATE = "vendors:membership-create"
END = "vendors:membership-end"


def membership_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def test_the_administrator_lists_people_of_sponsor_and_cros(world: World) -> None:
    words = page(world.ines, "vendors:membership-list")
    assert "5 roles" in words
    for person in ("sam@", "quinn@", "ines@", "ada@", "ben@"):
        assert person in words
    assert "olga@" not in words
    assert "1 role match" in page(world.ines, "vendors:membership-list", q="beta")


def test_a_new_person_gets_a_role_and_a_mail(world: World) -> None:
    organisation = f"cro-{world.alpha.pk}"
    answer = send(
        world.ines,
        CREATE,
        email="New@Example.org",
        name="Newcomer",
        organisation=organisation,
        role=Role.CRO_CONTRIBUTOR.value,
        reason="asked for by Alpha",
    )
    assert answer.url == reverse("vendors:membership-list")
    person = User.objects.get(email="new@example.org")
    assert not person.has_usable_password()
    assert membership_of(person).vendor == world.alpha
    change = last_change("vendors_membership")
    assert (change.reason, change.actor_name) == ("asked for by Alpha", "Ines")
    assert change.role == "Administrator"
    assert mail.outbox[0].to == ["new@example.org"]
    assert "/accounts/password/reset/key/" in str(mail.outbox[0].body)


def test_somebody_known_keeps_their_name_and_gets_no_mail(world: World) -> None:
    send(
        world.ines,
        CREATE,
        email="nora@example.org",
        name="Another",
        organisation=f"sponsor-{world.northwind.pk}",
        role=Role.EXECUTIVE.value,
    )
    world.nora.refresh_from_db()
    assert world.nora.name == "Nora"
    assert membership_of(world.nora).sponsor == world.northwind
    assert mail.outbox == []


def test_two_roles_at_once_in_one_place_are_told(world: World) -> None:
    answer = send(
        world.ines,
        CREATE,
        email="sam@example.org",
        name="Sam",
        organisation=f"sponsor-{world.northwind.pk}",
        role=Role.EXECUTIVE.value,
    )
    assert "already has a role there in this period" in refusals(answer)


def test_a_refused_grant_leaves_no_person_behind(world: World) -> None:
    answer = send(
        world.ines,
        CREATE,
        email="new@example.org",
        name="New",
        organisation=f"sponsor-{world.northwind.pk}",
        role=Role.EXECUTIVE.value,
        until_date=date(2020, 1, 1),
    )
    assert "last day lies before" in refusals(answer)
    assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize(
    ("place", "role", "words"),
    [
        ("cro", Role.AUDITOR, "Alpha needs a CRO role"),
        ("sponsor", Role.CRO_CONTRIBUTOR, "Northwind Therapeutics needs a role of the sponsor"),
    ],
)
def test_a_role_fits_its_organisation(world: World, place: str, role: Role, words: str) -> None:
    organisation = {"cro": world.alpha, "sponsor": world.northwind}[place]
    answer = send(
        world.ines,
        CREATE,
        email="new@example.org",
        name="New",
        organisation=f"{place}-{organisation.pk}",
        role=role.value,
    )
    assert words in refusals(answer)


def test_other_sponsors_organisations_are_no_choice(world: World) -> None:
    stranger = Vendor.objects.create(sponsor=world.southwind, name="Stranger")
    for organisation in (f"cro-{stranger.pk}", f"sponsor-{world.southwind.pk}"):
        answer = send(
            world.ines,
            CREATE,
            email="new@example.org",
            name="New",
            organisation=organisation,
            role=Role.CRO_CONTRIBUTOR.value,
        )
        assert "not one of the available choices" in refusals(answer)


def test_ending_a_role_ends_access_the_next_day(world: World) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    membership = membership_of(world.ada)
    answer = send(world.ines, END, membership.pk, until_date=yesterday, reason="left Alpha")
    assert answer.status_code == 302
    assert last_change("vendors_membership").reason == "left Alpha"
    assert AuditTrailEntry.objects.filter(event=Event.ENDED).count() == 1
    assert status(world.ada, "vendors:vendor-detail", world.alpha.pk) == 404
    words = page(world.ines, "vendors:membership-list", q="ada")
    assert "ended" in words
    answer = send(world.ines, END, membership.pk, reason="again")
    assert "has already ended" in refusals(answer)


def test_the_past_is_not_shortened(world: World) -> None:
    answer = send(world.ines, END, membership_of(world.ada).pk, until_date=START, reason="x")
    assert "The past stays as it was" in refusals(answer)


def test_ending_asks_for_a_reason(world: World) -> None:
    answer = send(world.ines, END, membership_of(world.ada).pk)
    assert "Say why you change this" in refusals(answer)


def test_an_administrator_does_not_lock_themselves_out(world: World) -> None:
    membership = membership_of(world.ines)
    answer = send(world.ines, END, membership.pk, reason="enough")
    assert "your own last membership as administrator" in refusals(answer)
    membership.refresh_from_db()
    assert membership.until_date is None


def test_another_administrator_may_end_it(world: World) -> None:
    Membership.objects.create(
        user=world.nora, sponsor=world.northwind, role=Role.ADMINISTRATOR, from_date=START
    )
    answer = send(world.nora, END, membership_of(world.ines).pk, reason="left the company")
    assert answer.status_code == 302


def test_only_administrators_manage_access(world: World) -> None:
    ada = membership_of(world.ada).pk
    for person in (world.sam, world.quinn, world.ada):
        assert status(person, "vendors:membership-list") == 403
        assert status(person, CREATE) == 403
        assert status(person, END, ada) == 403
    assert status(world.ben, END, ada) == 404
    assert status(world.olga, END, ada) == 404


def test_the_mailed_link_sets_a_password(world: World, client: Client) -> None:
    send(
        world.ines,
        CREATE,
        email="new@example.org",
        name="New",
        organisation=f"cro-{world.alpha.pk}",
        role=Role.CRO_CONTRIBUTOR.value,
    )
    link = next(word for word in str(mail.outbox[0].body).split() if "/reset/key/" in word)
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    client.post(address, {"password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.get(email="new@example.org").check_password(PASSWORD)
