"""Addresses of these pages. Scope, period and day stand in the query, so a link shows the same."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from dashboards.periods import month_key


def address(name: str, *args: Any, **query: Any) -> str:
    """Return the address of dashboards:`name`; empty values are left out, a period is a month."""
    found = {key: _text(key, value) for key, value in query.items() if value not in (None, "")}
    path = reverse(f"dashboards:{name}", args=args)
    return f"{path}?{urlencode(found)}" if found else path


def _text(key: str, value: Any) -> str:
    if isinstance(value, date):
        return month_key(value) if key == "period" else value.isoformat()
    return str(value)
