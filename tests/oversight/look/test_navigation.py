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
        path("studies/sites/", page, name="sites"),
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


GROUP = (
    NavEntry("Start", "places:start"),
    NavEntry(
        "Studies",
        "places:studies",
        "view_studies",
        among="All studies",
        beside=(NavEntry("Sites", "places:sites", also="/places/"),),
    ),
)


def grouped(address: str, *permissions: str) -> tuple[NavLink, ...]:
    return nav_links(permissions=permissions, path=address, entries=GROUP)


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/studies/", "All studies"),
        ("/studies/sites/4/", "Sites"),
        ("/places/4/", "Sites"),
    ],
)
def test_the_pages_of_a_group_stand_beside_each_other(address: str, current: str) -> None:
    start, group = grouped(address, "view_studies")
    assert start.beside == ()
    assert (group.label, group.url, group.current) == ("Studies", "/studies/", True)
    assert [one.label for one in group.beside] == ["All studies", "Sites"]
    assert [one.label for one in group.beside if one.current] == [current]


def test_a_group_is_named_after_the_first_page_that_one_may_see() -> None:
    _, group = grouped("/studies/sites/")
    assert (group.label, group.url, group.current) == ("Sites", "/studies/sites/", True)
    assert group.beside == ()


def test_every_own_entry_asks_for_a_permission_that_exists() -> None:
    entries = [one for entry in OWN_ENTRIES for one in (entry, *entry.beside)]
    assert {entry.permission for entry in entries} <= set(Permission)
