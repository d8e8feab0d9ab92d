"""Pages of service tokens: issued by an administrator, shown once, listed, revoked."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from oversight.accounts.models import User
from tests.api.asking import Caller, issued
from tests.people import START, World
from tests.vendors.browsing import last_change, page, refusals, send, signed_in
from vendors.access import Role
from vendors.models import Membership, ServiceToken, Vendor

pytestmark = pytest.mark.django_db

LIST, CREATE, REVOKE = "vendors:token-list", "vendors:token-create", "vendors:token-revoke"


def membership_of(user: User) -> str:
    return str(Membership.objects.get(user=user).pk)


def filled_in(world: World, **values: str) -> dict[str, str]:
    today = timezone.now().date()
    return {
        "membership": membership_of(world.ada),
        "name": "nightly export",
        "scopes": "read upload",
        "last_day": (today + timedelta(days=90)).isoformat(),
        "reason": "asked for by Alpha",
        **values,
    }


def test_the_secret_is_shown_once_and_works(world: World) -> None:
    answer = send(world.ines, CREATE, **filled_in(world))
    words = answer.content.decode()
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    found = re.search(r"ovs_[\w-]+", words)
    assert found
    secret = found.group()
    assert [row["name"] for row in Caller(secret).rows("cros/")] == ["Alpha"]
    assert last_change("vendors_servicetoken").reason == "asked for by Alpha"
    listed = page(world.ines, LIST)
    assert secret not in listed
    token = ServiceToken.objects.get()
    for part in (f"{token.prefix}…", "nightly export", "read and upload", "in force", "Alpha"):
        assert part in listed
    assert (token.expires_at - timedelta(days=91)).date() == timezone.now().date()


def test_the_way_to_the_tokens(world: World) -> None:
    assert reverse(LIST) in page(world.ines, "vendors:membership-list")
    assert "No service token was issued yet" in page(world.ines, LIST)


def test_the_list_tells_when_a_token_was_last_used(world: World) -> None:
    new = issued(world)
    assert "not known" in page(world.ines, LIST)
    Caller(new.secret).read("studies/")
    assert "not known" not in page(world.ines, LIST)


def test_a_list_is_searched_and_sorted(world: World) -> None:
    issued(world)
    assert "1 service token match" in page(world.ines, LIST, q="alpha")
    assert "0 service tokens match" in page(world.ines, LIST, q="beta")
    assert "nightly export" in page(world.ines, LIST, sort="-expires")


def test_people_of_other_sponsors_cros_are_no_choice(world: World) -> None:
    stranger = Vendor.objects.create(sponsor=world.southwind, name="Stranger")
    gus = User.objects.create_user("gus@example.org", name="Gus")
    Membership.objects.create(user=gus, vendor=stranger, role=Role.CRO_CONTRIBUTOR, from_date=START)
    for somebody in (gus, world.sam):
        answer = send(world.ines, CREATE, **filled_in(world, membership=membership_of(somebody)))
        assert "not one of the available choices" in refusals(answer)
    assert not ServiceToken.objects.exists()


@pytest.mark.parametrize("days", [-1, 400])
def test_the_last_day_lies_within_400_days(world: World, days: int) -> None:
    last_day = (timezone.now().date() + timedelta(days=days)).isoformat()
    assert "Choose a day between today and" in refusals(
        send(world.ines, CREATE, **filled_in(world, last_day=last_day))
    )
    within = (timezone.now().date() + timedelta(days=399)).isoformat()
    assert send(world.ines, CREATE, **filled_in(world, last_day=within)).status_code == 200
    assert ServiceToken.objects.count() == 1


def test_revoking_asks_for_a_reason_and_stops_the_token(world: World) -> None:
    new = issued(world)
    assert "Say why you change this" in refusals(send(world.ines, REVOKE, new.token.pk))
    assert Caller(new.secret).get("studies/").status_code == 200
    answer = send(world.ines, REVOKE, new.token.pk, reason="found in a log file")
    assert answer.url == reverse(LIST)
    assert Caller(new.secret).get("studies/").status_code == 401
    token = ServiceToken.objects.get()
    assert token.revoked_by == world.ines
    assert last_change("vendors_servicetoken").reason == "found in a log file"
    listed = page(world.ines, LIST)
    assert "revoked" in listed
    assert reverse(REVOKE, args=[token.pk]) not in listed
    again = send(world.ines, REVOKE, token.pk, reason="again")
    assert "revoked already" in refusals(again)


def test_the_list_takes_as_many_statements_for_many_tokens(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(world.ines)
    for more in (1, 8):
        for _ in range(more):
            issued(world)
        with django_assert_num_queries(4):
            assert client.get(reverse(LIST)).status_code == 200


def test_an_expired_token_is_listed_as_expired(world: World) -> None:
    issued(world, now=timezone.now() - timedelta(days=30), days=2)
    assert "expired" in page(world.ines, LIST)


def test_other_sponsors_tokens_are_not_there(world: World) -> None:
    token = issued(world).token
    Membership.objects.create(
        user=world.nora, sponsor=world.southwind, role=Role.ADMINISTRATOR, from_date=START
    )
    assert "nightly export" not in page(world.nora, LIST)
    assert signed_in(world.nora).get(reverse(REVOKE, args=[token.pk])).status_code == 404
