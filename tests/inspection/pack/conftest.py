"""A study with one accepted month, restated later; Beta's study beside it."""

from datetime import UTC, datetime

import pytest

from kpis.models import Submission
from tests.inspection.pack.making import add_sites, send
from tests.people import World


@pytest.fixture
def months(world: World) -> tuple[Submission, Submission]:
    """March, received on 5 April and restated on 20 April: accepted on the 7th and the 22nd."""
    add_sites(world.study)
    first = send(world, old=2)
    second = send(world, old=6, at=datetime(2026, 4, 20, tzinfo=UTC))
    first.refresh_from_db()
    return first, second
