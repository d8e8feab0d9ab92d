"""Service tokens: what is kept of them, when they work, and whom they stand for."""

import hashlib
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from oversight.accounts.models import User
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry, Change
from tests.api.asking import LONG_AGO, Caller, caller, issued
from tests.people import START, World
from vendors.access import PERMISSIONS, Permission, Role, actor_of, permissions_of
from vendors.models import Membership, ServiceToken, Vendor
from vendors.tokens.authentication import bearer_of
from vendors.tokens.last_use import last_uses
from vendors.tokens.services import revoke_token

pytestmark = pytest.mark.django_db


def refused(secret: str) -> str:
    response = Caller(secret).get("studies/")
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    return str(response.json()["detail"])


def test_only_the_hash_of_the_secret_is_kept(world: World) -> None:
    new = issued(world)
    assert new.secret.startswith(new.token.prefix)
    assert len(new.secret) >= 43  # 32 random bytes
    kept = ServiceToken.objects.get()
    assert kept.secret_sha256 == hashlib.sha256(new.secret.encode()).hexdigest()
    everything = str(list(ServiceToken.objects.values())) + str(list(Change.objects.values()))
    everything += str(list(AuditTrailEntry.objects.values()))
    assert new.secret not in everything
    assert new.secret.removeprefix(new.token.prefix) not in everything


def test_two_tokens_differ(world: World) -> None:
    assert issued(world).secret != issued(world).secret


def test_a_token_works_until_it_expires(world: World) -> None:
    assert caller(world).get("studies/").status_code == 200
    old = issued(world, now=LONG_AGO, days=1)
    assert refused(old.secret) == "This service token has expired. Ask for a new one."


def test_a_revoked_token_stops_at_once(world: World) -> None:
    new = issued(world)
    revoke_token(
        actor=actor_of(world.ines),
        token=new.token,
        now=timezone.now(),
        seen=Change.objects.filter(table_name="vendors_servicetoken").latest("id").id,
        reason="leaked",
    )
    assert refused(new.secret) == "This service token was revoked."
    assert AuditTrailEntry.objects.filter(event=Event.ENDED).count() == 1
    with pytest.raises(ValidationError, match="revoked already"):
        revoke_token(
            actor=actor_of(world.ines),
            token=ServiceToken.objects.get(),
            now=timezone.now(),
            seen=None,
            reason="again",
        )


def test_a_token_stops_with_the_membership_it_acts_for(world: World) -> None:
    secret = issued(world).secret
    Membership.objects.filter(user=world.ada).update(until_date=START)
    assert "works for the CRO no longer" in refused(secret)


def test_a_token_stops_with_the_account_it_acts_for(world: World) -> None:
    secret = issued(world).secret
    User.objects.filter(pk=world.ada.pk).update(is_active=False)
    assert "works for the CRO no longer" in refused(secret)


@pytest.mark.parametrize("secret", ["", "x", "ovs_" + "a" * 43, "ÿ", "two words"])
def test_an_unknown_secret_is_refused(world: World, secret: str) -> None:
    assert refused(secret) == "This is not a service token that we issued."


def test_a_token_belongs_to_one_vendor_of_its_person(world: World) -> None:
    """Ada works for both CROs; her token is for one of them."""
    Membership.objects.create(
        user=world.ada, vendor=world.beta, role=Role.CRO_PROJECT_MANAGER, from_date=START
    )
    assert {s.pk for s in Vendor.objects.visible_to(world.ada)} == {world.alpha.pk, world.beta.pk}
    for vendor, study in ((world.alpha, world.study), (world.beta, world.other_study)):
        ask = caller(world, vendor=vendor)
        assert [row["id"] for row in ask.rows("cros/")] == [vendor.pk]
        assert [row["id"] for row in ask.rows("studies/")] == [study.pk]
        assert {row["cro"] for row in ask.rows("engagements/")} == {vendor.pk}


def test_what_a_person_is_at_the_sponsor_does_not_count(world: World) -> None:
    Membership.objects.create(
        user=world.ada, sponsor=world.northwind, role=Role.OVERSIGHT_MANAGER, from_date=START
    )
    assert [row["id"] for row in caller(world).rows("cros/")] == [world.alpha.pk]
    bearer = bearer_of(issued(world).token)
    assert Permission.DECIDE not in permissions_of(bearer)


def test_scopes_limit_the_role_and_the_role_limits_the_scopes(world: World) -> None:
    bearer = bearer_of(issued(world, scopes=("upload",)).token)
    assert permissions_of(bearer) == {Permission.UPLOAD}
    assert permissions_of(bearer, world.beta_engagement) == frozenset()
    reading = bearer_of(issued(world, scopes=("read",)).token)
    assert permissions_of(reading, world.alpha_engagement) == {
        Permission.VIEW_DASHBOARDS,
        Permission.VIEW_REGISTER,
        Permission.VIEW_SUBMISSIONS,
    }
    # A role that allows nothing of this any more takes it from the token too.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(PERMISSIONS, Role.CRO_PROJECT_MANAGER, frozenset())
        assert permissions_of(bearer_of(issued(world).token)) == frozenset()


def test_a_token_acts_as_itself_for_its_person(world: World) -> None:
    token = issued(world).token
    actor = actor_of(bearer_of(token))
    assert actor.user_id == world.ada.pk
    assert actor.name == f"service token {token.prefix}… (nightly export) for Ada"
    assert (actor.role, actor.organisation) == ("Service token", "Alpha")


def test_issuing_is_attributed_and_using_leaves_no_history(world: World) -> None:
    new = issued(world)
    changes = Change.objects.filter(table_name="vendors_servicetoken")
    assert [(one.actor_name, one.operation) for one in changes] == [("Ines", "insert")]
    assert last_uses([new.token.pk]) == {}
    Caller(new.secret).read("studies/")
    assert changes.count() == 1
    used = last_uses([new.token.pk])[new.token.pk]
    assert abs(timezone.now() - used) < timedelta(minutes=1)


def test_a_token_is_for_a_cros_people_of_today(world: World) -> None:
    Membership.objects.create(
        user=world.nora,
        vendor=world.alpha,
        role=Role.CRO_CONTRIBUTOR,
        from_date=START,
        until_date=START,
    )
    with pytest.raises(ValidationError, match="works for the CRO today"):
        issued(world, person=world.nora)


@pytest.mark.parametrize("days", [0, 401])
def test_a_token_has_an_end_within_400_days(world: World, days: int) -> None:
    with pytest.raises(ValidationError, match="at most 400 days"):
        issued(world, days=days)
    token = issued(world, days=400).token
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceToken.objects.filter(pk=token.pk).update(
            expires_at=token.issued_at + timedelta(days=days)
        )


@pytest.mark.parametrize("scopes", [(), ("read", "decide")])
def test_a_token_has_scopes_that_exist(world: World, scopes: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError):
        issued(world, scopes=scopes)
    token = issued(world).token
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceToken.objects.filter(pk=token.pk).update(scopes=list(scopes))
