"""Settings: production refuses a half-done installation; every answer carries the policy."""

import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from oversight.redis_urls import cache_url, celery_url
from tests.people import World

PRODUCTION = {
    "OVERSIGHT_MODE": "production",
    "SECRET_KEY": "not-a-secret-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH",
    "ALLOWED_HOSTS": "oversight.example",
    "DATABASE_URL": "postgresql://application@db/oversight",
}


def start(**variables: str | None) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of its own; None takes a variable away."""
    return printed("s.MODE, s.DEBUG", variables)


def printed(what: str, variables: Mapping[str, str | None]) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of its own and print some of them."""
    environment = {
        **{key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ},
        **{key: value for key, value in {**PRODUCTION, **variables}.items() if value is not None},
    }
    return subprocess.run(
        [sys.executable, "-c", f"import oversight.settings as s; print({what})"],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_when_all_is_there() -> None:
    started = start()
    assert started.stdout == "production False\n", started.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
@pytest.mark.parametrize("value", [None, ""])
def test_production_refuses_to_start_without(name: str, value: str | None) -> None:
    refused = start(**{name: value})
    assert refused.returncode != 0
    assert f"Set {name}" in refused.stderr


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"DEBUG": "1"}, "Unset DEBUG"),
        ({"ALLOWED_HOSTS": "*"}, "Name the hosts"),
        ({"OVERSIGHT_MODE": "staging"}, "OVERSIGHT_MODE must be"),
    ],
)
def test_it_refuses_to_start_with(variables: dict[str, str | None], sentence: str) -> None:
    refused = start(**variables)
    assert refused.returncode != 0
    assert sentence in refused.stderr


def test_another_store_takes_the_place_of_the_folder() -> None:
    options = '{"bucket_name": "oversight"}'
    given = {"STORAGE_BACKEND": "a.store.Store", "STORAGE_OPTIONS": options}
    started = printed("s.STORAGES['default']", given)
    said = "{'BACKEND': 'a.store.Store', 'OPTIONS': {'bucket_name': 'oversight'}}\n"
    assert started.stdout == said, started.stderr


def test_production_is_what_starts_when_nothing_is_said() -> None:
    assert start(OVERSIGHT_MODE=None).stdout == "production False\n"


@pytest.mark.parametrize("path", ["/accounts/login/", "/audit-trail/", "/health/", "/nowhere/"])
def test_every_answer_carries_a_strict_policy(
    world: World, client: Client, path: str, settings: Any
) -> None:
    settings.LOGIN_REDIRECT_URL = "/audit-trail/"
    for signed_in in (False, True):
        if signed_in:
            client.force_login(world.sam)
        response = client.get(path)
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        for scheme in ("http:", "https:", "*"):
            assert scheme not in policy
        assert response["X-Frame-Options"] == "DENY"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert len(response["X-Request-ID"]) == 32


def test_health_answers_without_a_session(db: None, client: Client) -> None:
    response = client.get("/health/")
    assert (response.status_code, response.content) == (200, b"ok")
    assert not response.cookies


def test_a_foreign_host_is_refused(db: None, client: Client) -> None:
    response: Any = client.get("/accounts/login/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"evil" not in response.content


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://host:6379/0", "redis://host:6379/0"),
        ("rediss://host/1", "rediss://host/1"),
        ("unix:///run/r.sock", "redis+socket:///run/r.sock?virtual_host=0"),
        ("unix:///run/r.sock?db=3", "redis+socket:///run/r.sock?virtual_host=3"),
    ],
)
def test_celery_spells_a_socket_in_its_own_way(url: str, expected: str) -> None:
    assert celery_url(url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("unix:///run/redis.sock?db=0", "unix:///run/redis.sock?db=1"),
        ("redis://:secret@redis:6379", "redis://:secret@redis:6379?db=1"),
        ("rediss://redis/3?ssl_cert_reqs=none", "rediss://redis?ssl_cert_reqs=none&db=4"),
    ],
)
def test_the_cache_has_a_database_of_its_own(url: str, expected: str) -> None:
    assert cache_url(url) == expected
