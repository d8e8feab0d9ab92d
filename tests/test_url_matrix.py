"""Every address × every person, from a table of literal answers."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from oversight.audit_trail.attribution import Actor, acting
from tests.people import World
from tests.url_matrix import MATRIX, PEOPLE, Things
from tests.vendors.test_visibility_everywhere import ROWS, make_side


def names(patterns: Any = None, prefix: str = "") -> Iterator[str]:
    """Yield the full name of each address of the application."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or pattern.pattern}"
        elif isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, inner)


@pytest.fixture
def things(world: World) -> Things:
    with acting(Actor.system("tests")):
        side = make_side(world.alpha_engagement, world.study, world.ada)
        rows = {model.__name__: make(side) for model, make in ROWS.items()}
    return Things(world=world, side=side, rows=rows)


def test_every_address_has_its_line() -> None:
    assert set(names()) == set(MATRIX), "add the address to tests/url_matrix.py"


@pytest.mark.parametrize("name", MATRIX)
def test_everybody_gets_the_answer_of_the_table(things: Things, name: str, settings: Any) -> None:
    line = MATRIX[name]
    url = reverse(name, kwargs=line.arguments(things))
    found = {}
    for person in PEOPLE:
        client = Client(raise_request_exception=False)
        if person != "visitor":
            client.force_login(getattr(things.world, person))
        ask = client.post if line.method == "POST" else client.get
        response = ask(url, line.query(things))
        found[person] = response.status_code
        response.getvalue()  # a download closes its file once it was read
    assert found == dict(zip(PEOPLE, map(int, line.answers.split()), strict=True))
