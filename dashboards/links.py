"""Addresses of these pages. Scope, period and day stand in the query, so a link shows the same."""

from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from django.urls import get_script_prefix, reverse

from dashboards.periods import month_key


def address(name: str, *args: Any, **query: Any) -> str:
    """Return the address of dashboards:`name`; empty values are left out, a period is a month."""
    found = [
        f"{key}={_quoted(_text(key, value))}"
        for key, value in query.items()
        if value is not None and value != ""
    ]
    path = _path(name, args, get_script_prefix())
    return f"{path}?{'&'.join(found)}" if found else path


@lru_cache(maxsize=10_000)
def _quoted(text: str) -> str:
    return quote_plus(text)


@lru_cache(maxsize=10_000)
def _path(name: str, args: tuple[Any, ...], prefix: str) -> str:
    """Return the path below where the site is mounted."""
    return reverse(f"dashboards:{name}", args=args)


def _text(key: str, value: Any) -> str:
    if type(value) is str:
        return value
    if isinstance(value, date):
        return month_key(value) if key == "period" else value.isoformat()
    return str(value)
