"""A real browser against a real web server and worker."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.people import World, make_world
from tests.servers import running_web, running_worker

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Installation:
    """A running product: its address, and the people in it."""

    url: str
    world: World


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


@pytest.fixture
def installation(committed_db: None, own_storage: Path) -> Iterator[Installation]:
    """The tests' world behind a real web server, with a real worker."""
    world = make_world()
    with running_web(own_storage) as url, running_worker(own_storage):
        yield Installation(url, world)
