"""The demo behind a web server of its own, in the database that the environment names."""

import contextlib
import os
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.core.management import call_command
from playwright.sync_api import Page

from benchmarks.page import ROOT
from demo.months import load_month
from demo.set_up import set_up
from demo.story import PASSWORD
from oversight.launcher.processes import Command, running, wait_until

TODAY = date(2026, 11, 22)
MONTHS = 13  # what trends show
PERSON = "sam@northwind.example"
HOST = "127.0.0.1"


def load() -> None:
    """Migrate the database and load the demo's newest months into it."""
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    set_up(today=TODAY)
    for months_ago in range(MONTHS, 0, -1):
        load_month(months_ago=months_ago, today=TODAY)


def sign_in(page: Page) -> None:
    """Sign the oversight manager in."""
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(PERSON)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/accounts/login" not in address)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Run the web server as it runs by default; yield its address."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    arguments = ["gunicorn", "oversight.wsgi", "--config", "oversight/gunicorn.py"]
    command = Command(
        name="The web process",
        arguments=[sys.executable, "-m", *arguments, "--bind", f"{HOST}:{port}"],
        environment={**os.environ},
        log=folder / "web.log",
        folder=ROOT,
    )
    url = f"http://{HOST}:{port}"
    with running(command) as child:
        wait_until(lambda: _is_healthy(url), child, seconds=60)
        yield url


def _is_healthy(url: str) -> bool:
    with (
        contextlib.suppress(urllib.error.URLError, OSError),
        urllib.request.urlopen(f"{url}/health/", timeout=5) as answer,  # noqa: S310 - our own server
    ):
        return bool(answer.status == 200)
    return False
