"""Pages of one's account, as the sign-in library serves them, in our frame and in our words."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from oversight.accounts.models import User

OPEN = ["account_login", "account_reset_password", "account_reset_password_done"]
OWN = [
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
]


def check(html: str) -> None:
    """One language, one heading, one main part, a label for each control, nothing inline."""
    assert '<html lang="en"' in html
    assert html.count("<h1") == 1
    assert html.count("<main") == 1
    assert not re.search(r"<script(?![^>]*src=)|\sstyle=|<style", html)
    visible = re.findall(r'<input(?![^>]*type="(?:hidden|radio)")[^>]*id="(\w+)"', html)
    assert set(visible) <= set(re.findall(r'<label[^>]*for="(\w+)"', html))


@pytest.mark.parametrize("name", OPEN)
def test_pages_before_sign_in(db: None, name: str) -> None:
    response = Client().get(reverse(name))
    assert response.status_code == 200
    check(response.content.decode())


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("sam@sponsor.example", "a long enough one", name="Sam Okafor")


@pytest.mark.parametrize("name", OWN)
def test_pages_of_a_person(person: User, name: str) -> None:
    client = Client()
    client.force_login(person)
    response = client.get(reverse(name))
    assert response.status_code == 200
    check(response.content.decode())


def test_the_second_step_is_set_up_after_the_password_was_given_again(person: User) -> None:
    client = Client()
    client.force_login(person)
    asked = client.get(reverse("mfa_activate_totp"), follow=True)
    address, _ = asked.redirect_chain[-1]
    assert "Give your password once more" in asked.content.decode()
    shown = client.post(address, {"password": "a long enough one"}, follow=True)
    html = shown.content.decode()
    check(html)
    assert "data:image/svg+xml;base64," in html
    assert 'autocomplete="one-time-code"' in html


def test_a_wrong_password_is_said_in_words_beside_the_form(person: User) -> None:
    response = Client().post(
        reverse("account_login"), {"login": person.email, "password": "a wrong one"}
    )
    html = response.content.decode()
    check(html)
    assert 'role="alert"' in html


def test_the_menu_names_the_person(person: User) -> None:
    client = Client()
    client.force_login(person)
    assert "Sam Okafor" in client.get(reverse("mfa_index")).content.decode()


def test_an_address_that_leads_nowhere(db: None) -> None:
    response = Client().get("/no/such/page/")
    assert response.status_code == 404
    assert "There is no such page for you" in response.content.decode()
