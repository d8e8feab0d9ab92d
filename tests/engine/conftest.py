"""The engine needs no database, no Redis and no storage, so its tests start none."""

import pytest


@pytest.fixture(autouse=True)
def own_storage() -> None:
    """Stand in for the storage of the other tests: nothing is stored here."""
