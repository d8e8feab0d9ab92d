"""One migrated template database for the session; every test runs as the application's role.

Tests that only need a transaction use `db`. Tests that need committed rows (a real worker, a real
browser) use `committed_db`, a fresh clone of the template: the audit trail refuses to be emptied.
"""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import psycopg2
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from playwright.sync_api import Browser, sync_playwright
from psycopg2 import sql

from tests.people import World, make_world

# Playwright keeps an event loop in the tests' thread; Django would refuse the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Time is judged by benchmarks, not here; a build server tries the same examples each time.
hypothesis.settings.register_profile(
    "shared",
    deadline=None,
    derandomize=os.environ.get("CI") == "true",
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("shared")

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

TEMPLATE = f"oversight_test_template_{os.getpid()}"
CLONE = f"oversight_test_{os.getpid()}"
REAL_DATA = settings.BASE_DIR.parent / "shared" / "data"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Migrate a template as the owner, clone it, and point the application at the clone."""
    with django_db_blocker.unblock():
        _administer("CREATE DATABASE {}", TEMPLATE)
        for alias in ("default", "owner"):
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = TEMPLATE
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        connections.close_all()
        _clone()
        yield
        connections.close_all()
        _administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", CLONE)
        _administer("DROP DATABASE {} WITH (FORCE)", TEMPLATE)


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database of its own whose rows other processes see; thrown away afterwards."""
    with committed(django_db_blocker):
        yield


@contextmanager
def committed(django_db_blocker: Any) -> Iterator[None]:
    """Let rows be committed, and put a fresh clone in the database's place at the end."""
    with django_db_blocker.unblock():
        yield
        connections.close_all()
        _administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", CLONE)
        _clone()


@pytest.fixture(autouse=True)
def own_storage(tmp_path: Path, settings: Any) -> Path:
    """Files and mails of a test go to a folder of its own."""
    root = tmp_path / "storage"
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": root}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    settings.EMAIL_FILE_PATH = str(root / "mail")
    return root


@pytest.fixture(autouse=True)
def empty_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave no session, throttle or progress behind; tests without a database need no Redis."""
    yield
    if {"db", "committed_db", "client"} & set(request.fixturenames):
        cache.clear()


def _clone() -> None:
    _administer(f"CREATE DATABASE {{}} TEMPLATE {TEMPLATE}", CLONE)
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = CLONE


def _administer(statement: str, name: str) -> None:
    owner = dict(connections["owner"].get_connection_params(), dbname="postgres")
    owner.pop("cursor_factory", None)
    connection = psycopg2.connect(**{k: v for k, v in owner.items() if k != "context"})
    connection.autocommit = True
    deadline = time.monotonic() + 10
    try:
        with connection.cursor() as cursor:
            while True:
                try:
                    cursor.execute(sql.SQL(statement).format(sql.Identifier(name)))
                    return
                except (psycopg2.errors.InsufficientPrivilege, psycopg2.errors.ObjectInUse):
                    # A server process that a test stopped takes a moment to let go.
                    if time.monotonic() > deadline:
                        raise
                    time.sleep(0.2)
    finally:
        connection.close()


def real_data(*parts: str) -> Path:
    """Return a path below the folder of real files, or skip where it is absent."""
    path = REAL_DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"The real files are not here: put them at {REAL_DATA.parent.name}/data.")
    return path


@pytest.fixture
def world(db: None) -> World:
    """The people and their organisations, inside the test's transaction."""
    return make_world()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's browser, headless. Missing it is a failure on a build server, else a skip."""
    found = shutil.which("chromium")
    if found is None:
        say = "Install Debian's browser to run this: apt-get install chromium."
        pytest.fail(say) if os.environ.get("CI") == "true" else pytest.skip(say)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()
