"""Signing in and out: what is recorded, what is refused, and how long a session lives."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry, Change
from tests.people import PASSWORD, World

SIGN_IN = "/accounts/login/"
HOME = "/audit-trail/"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"login": email, "password": password, **more})


def events(*chosen: Event) -> list[AuditTrailEntry]:
    return list(AuditTrailEntry.objects.filter(event__in=chosen).order_by("id"))


def test_signing_in_and_out_is_recorded(world: World, client: Client) -> None:
    assert sign_in(client, "Sam@Example.org", next=HOME).status_code == 302
    assert client.get(HOME).status_code == 200
    client.post("/accounts/logout/")
    assert client.get(HOME).status_code == 302
    signed_in, signed_out = events(Event.SIGNED_IN, Event.SIGNED_OUT)
    assert (signed_in.actor_id, signed_in.subject_id) == (world.sam.pk, str(world.sam.pk))
    assert signed_out.actor_name == "Sam"
    assert len(signed_in.request_id) == 32
    assert signed_in.request_id != signed_out.request_id


def test_nothing_is_left_unattributed_by_signing_in(world: World, client: Client) -> None:
    sign_in(client, "sam@example.org", next=HOME)
    last = Change.objects.latest("id")
    assert (last.table_name, last.before) == ("accounts_user", {"last_login": "(not shown)"})
    assert (last.actor_name, last.reason) == ("Sam", "Signed in")
    assert not Change.objects.filter(actor_name="").exists()


def test_signing_in_needs_a_form_that_we_gave(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, "sam@example.org").status_code == 403
    assert events(Event.SIGNED_IN) == []


def test_a_session_gets_a_new_key_when_somebody_signs_in(world: World, client: Client) -> None:
    client.get(SIGN_IN)
    session = client.session
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    sign_in(client, "sam@example.org", next=HOME)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != session.session_key


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_signing_in_leads_nowhere_outside(
    world: World, client: Client, settings: Any, target: str
) -> None:
    settings.LOGIN_REDIRECT_URL = HOME
    response = client.post(
        f"{SIGN_IN}?next={target}",
        {"login": "sam@example.org", "password": PASSWORD, "next": target},
    )
    assert "evil" not in response.get("Location", "")
    assert "evil" not in response.content.decode().replace(f"next={target}", "")


def test_a_failure_is_recorded_on_the_account(world: World, client: Client) -> None:
    assert sign_in(client, "sam@example.org", "wrong").status_code == 200
    (failure,) = events(Event.SIGN_IN_FAILED)
    assert (failure.actor_name, failure.subject_id) == ("visitor", str(world.sam.pk))
    assert failure.detail == {"known_account": True}


def test_an_unknown_address_is_not_copied(world: World, client: Client) -> None:
    sign_in(client, "my-password-by-mistake@example.org", "wrong")
    (failure,) = events(Event.SIGN_IN_FAILED)
    assert failure.detail == {"known_account": False}
    assert failure.subject_id == failure.subject_label == ""


def test_known_and_unknown_addresses_get_the_same_answer(world: World, client: Client) -> None:
    def answer(email: str) -> str:
        page = sign_in(client, email, "wrong").content.decode()
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).replace(email, "")

    assert answer("sam@example.org") == answer("nobody@example.org")


def test_an_inactive_account_cannot_sign_in(world: World, client: Client) -> None:
    client.force_login(world.sam)
    world.sam.is_active = False
    world.sam.save()
    assert client.get(HOME).status_code == 302
    sign_in(Client(), "sam@example.org")
    assert len(events(Event.SIGNED_IN)) == 1  # the one before


def test_too_many_failures_are_refused_and_recorded(world: World, client: Client) -> None:
    for _ in range(5):
        sign_in(client, "sam@example.org", "wrong")
    assert events(Event.SIGN_IN_THROTTLED) == []
    sign_in(client, "sam@example.org")  # even with the right password
    (refused,) = events(Event.SIGN_IN_THROTTLED)
    assert refused.subject_id == str(world.sam.pk)
    assert events(Event.SIGNED_IN) == []
    cache.clear()
    assert sign_in(client, "sam@example.org", next=HOME).status_code == 302


def test_nobody_signs_up(world: World, client: Client) -> None:
    email = "new@example.org"
    fields = {"email": email, "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", fields)
    assert not type(world.sam).objects.filter(email=email).exists()


@pytest.mark.parametrize("password", ["short", "password1234", "sam@example.org"])
def test_weak_passwords_are_refused(world: World, password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, world.sam)


def test_a_session_ends_when_nothing_is_asked_for_a_while(world: World, client: Client) -> None:
    client.force_login(world.sam)
    assert settings.SESSION_COOKIE_AGE == 30 * 60
    key = f"django.contrib.sessions.cache{client.session.session_key}"
    ttl = cache._cache.get_client().ttl  # type: ignore[attr-defined]  # how long Redis keeps it
    cache.touch(key, 60)
    client.get(HOME)
    assert 29 * 60 < ttl(cache.make_key(key)) <= 30 * 60  # each request begins the time again
    cache.delete(key)  # as Redis does at the end
    assert client.get(HOME).status_code == 302


def test_the_cookie_cannot_be_read_by_scripts(world: World, client: Client) -> None:
    sign_in(client, "sam@example.org", next=HOME)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]  # ends with the browser, too


SECRET = "JBSWY3DPEHPK3PXP"


def code(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_a_second_step_asks_for_a_code_and_takes_it_once(world: World, client: Client) -> None:
    TOTP.activate(world.sam, SECRET)
    asked = sign_in(client, "sam@example.org", next=HOME)
    assert asked["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get(HOME).status_code == 302
    assert events(Event.SIGNED_IN) == []
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    (failure,) = events(Event.SIGN_IN_FAILED)
    assert failure.subject_id == str(world.sam.pk)
    assert failure.detail == {"known_account": True, "step": "code", "again": False}
    used = code()
    client.post(reverse("mfa_authenticate"), {"code": used})
    assert client.get(HOME).status_code == 200
    assert len(events(Event.SIGNED_IN)) == 1
    again = Client()
    sign_in(again, "sam@example.org")
    again.post(reverse("mfa_authenticate"), {"code": used})
    assert again.get(HOME).status_code == 302


def test_codes_are_throttled_too(world: World, client: Client) -> None:
    TOTP.activate(world.sam, SECRET)
    sign_in(client, "sam@example.org", next=HOME)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert client.get(HOME).status_code == 302


def page_asks_again(client: Client) -> bool:
    asked = client.get(reverse("mfa_activate_totp"))
    return bool(asked["Location"].startswith(reverse("account_reauthenticate")))


def test_a_second_step_is_set_up_by_its_owner_and_its_secret_stays_out_of_history(
    world: World, client: Client
) -> None:
    sign_in(client, "sam@example.org", next=HOME)
    assert page_asks_again(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": HOME})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert Authenticator.objects.filter(user=world.sam, type="totp").exists()
    changes = list(Change.objects.filter(table_name="mfa_authenticator"))
    assert changes
    for change in changes:
        assert change.actor_name == "Sam"
        assert change.reason == "Account page mfa_activate_totp"
        assert "data" not in (change.after or {})
        assert secret not in str(change.after) + str(change.before)


def test_a_password_set_by_mail_is_attributed_without_its_key(
    world: World, client: Client, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.post(reverse("account_reset_password"), {"email": "sam@example.org"})
    (message,) = mail.outbox
    (path,) = re.findall(r"http://testserver(\S+)", str(message.body))
    form = client.get(path)
    new = "yet another long password"
    client.post(form["Location"], {"password1": new, "password2": new})
    world.sam.refresh_from_db()
    assert world.sam.check_password(new)
    change = Change.objects.filter(table_name="accounts_user").latest("id")
    assert change.reason == "Account page account_reset_password_from_key"
    assert not Change.objects.filter(actor_name="").exists()
