"""The demo's story in a database of its own: the months in which something happens."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from demo.months import load_month
from demo.set_up import set_up
from tests.conftest import committed
from tests.demo.told import AUTUMN, SPRING, SUMMER, TODAY


@pytest.fixture(scope="package")
def story(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Load a month before the slide, the one that is restated, and the newest one."""
    storages: dict[str, Any] = settings.STORAGES
    folder = tmp_path_factory.mktemp("story")
    default = {**storages["default"], "OPTIONS": {"location": folder}}
    with committed(django_db_blocker):
        with override_settings(STORAGES={**storages, "default": default}):
            set_up(today=TODAY)
            for months_ago in (SPRING, SUMMER, AUTUMN):
                load_month(months_ago=months_ago, today=TODAY)
        yield
