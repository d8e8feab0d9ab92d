"""Stored values as text: the same text for the same value, always."""

import json
from typing import Any


def compact_json(value: Any) -> str:
    """Return JSON on one line with sorted keys; "" for nothing."""
    if value in ({}, [], None):
        return ""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(", ", ": "))


def stored_text(value: Any) -> str:
    """Return a value of the change history as it is stored; "" where there was none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return compact_json(value) if isinstance(value, dict | list) else str(value)
