"""Two requests at the same moment with one key make one submission."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.db import connections

from kpis.models import Submission
from tests.api.asking import Caller, issued
from tests.people import World, make_world
from vendors.models import IdempotencyKey

AT_ONCE = 4


def test_the_same_upload_at_once_is_done_once(committed_db: None, own_storage: Path) -> None:
    world = make_world()
    secret = issued(world).secret

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda _: send(secret, world), range(AT_ONCE)))
    assert [answer.status_code for answer in answers] == [201] * AT_ONCE
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Submission.objects.count() == IdempotencyKey.objects.count() == 1


def send(secret: str, world: World) -> Any:
    """Send from a thread, with a database connection of its own."""
    try:
        return Caller(secret).send(world, key="once")
    finally:
        connections.close_all()
