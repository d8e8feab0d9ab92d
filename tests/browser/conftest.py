"""A real browser against a real web server and worker."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.people import World, make_world
from tests.servers import running_web, running_worker


@dataclass(frozen=True)
class Installation:
    """A running product: its address, and the people in it."""

    url: str
    world: World


@pytest.fixture
def installation(committed_db: None, own_storage: Path) -> Iterator[Installation]:
    """The tests' world behind a real web server, with a real worker."""
    world = make_world()
    with running_web(own_storage) as url, running_worker(own_storage):
        yield Installation(url, world)
