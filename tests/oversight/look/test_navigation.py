"""The menu: pages that exist, for those who may, with the closest one marked."""

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path

from oversight.look.navigation import ENTRIES as OWN_ENTRIES
from oversight.look.navigation import NavEntry, NavLink, nav_links
from vendors.access import Permission


def page(request: HttpRequest) -> HttpResponse:
    raise AssertionError("the menu only builds addresses")


places = (
    [
        path("", page, name="start"),
        path("studies/", page, name="studies"),
        path("studies/delegation/", page, name="delegation"),
    ],
    "places",
)
urlpatterns = [path("", include(places))]

ENTRIES = (
    NavEntry("Start", "places:start"),
    NavEntry("Studies", "places:studies"),
    NavEntry("Delegation", "places:delegation", "view_delegation"),
    NavEntry("Not built", "nowhere:list"),
)


@pytest.fixture(autouse=True)
def own_addresses() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


def links(address: str, permissions: tuple[str, ...] = ("view_delegation",)) -> tuple[NavLink, ...]:
    return nav_links(permissions=permissions, path=address, entries=ENTRIES)


def test_pages_that_do_not_exist_are_left_out() -> None:
    assert [link.label for link in links("/")] == ["Start", "Studies", "Delegation"]


def test_entries_need_their_permission() -> None:
    assert [link.label for link in links("/", permissions=())] == ["Start", "Studies"]


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/", ["Start"]),
        ("/studies/", ["Studies"]),
        ("/studies/7/", ["Studies"]),
        ("/studies/delegation/3/", ["Delegation"]),
        ("/elsewhere/", []),
    ],
)
def test_the_closest_entry_is_current(address: str, current: list[str]) -> None:
    assert [link.label for link in links(address) if link.current] == current


def test_every_own_entry_asks_for_a_permission_that_exists() -> None:
    assert {entry.permission for entry in OWN_ENTRIES} <= set(Permission)
