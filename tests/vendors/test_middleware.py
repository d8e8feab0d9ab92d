"""What the sign-in library writes is attributed, and not kept when its page breaks."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from oversight.accounts.models import User
from oversight.audit_trail.models import Change
from tests.people import World
from vendors.middleware import ActorMiddleware


def post(path: str, user: Any, *, status: int) -> None:
    """Send a form to a page that renames Nora and answers with `status`."""

    def page(request: Any) -> HttpResponse:
        User.objects.filter(email="nora@example.org").update(name="Renamed")
        return HttpResponse(status=status)

    request: Any = RequestFactory().post(path)
    request.user = user
    ActorMiddleware(page)(request)


def test_it_is_the_signed_in_persons(world: World) -> None:
    post("/accounts/password/change/", world.sam, status=302)
    change = Change.objects.latest("id")
    assert (change.actor_name, change.role) == ("Sam", "Oversight manager")
    assert change.reason == "Account page account_change_password"


def test_it_is_a_visitors_where_nobody_is_signed_in(world: World) -> None:
    post("/accounts/nowhere/", AnonymousUser(), status=200)
    change = Change.objects.latest("id")
    assert (change.actor_name, change.reason) == ("visitor", "Account page unknown")


def test_a_broken_page_keeps_nothing(world: World) -> None:
    before = Change.objects.latest("id").pk
    post("/accounts/password/change/", world.sam, status=500)
    assert Change.objects.latest("id").pk == before
    assert User.objects.get(email="nora@example.org").name == "Nora"


def test_other_pages_are_left_to_the_services(world: World) -> None:
    post("/studies/new/", world.sam, status=302)
    assert Change.objects.latest("id").actor_name == ""
