"""Stored values as text: the same text for the same value, always."""

import json
import unicodedata
from typing import Any

# What the typesetter's own serif prints; a tagged PDF with any other character is refused by it.
PRINTED = (
    range(0x20, 0x7F),
    range(0xA0, 0xAD),
    range(0xAE, 0x180),
    range(0x384, 0x460),
    range(0x1E00, 0x1F00),
    range(0x2010, 0x2028),
    range(0x2030, 0x2041),
    range(0x20AC, 0x20AD),
    range(0x2190, 0x2300),
)
SIGNS = "\n\u202f\u25a1"


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


def printable(value: Any) -> Any:
    """Return the same data with □ for each character that the summary's fonts cannot print.

    They are made for Latin, Greek and Cyrillic scripts; the listings keep the text as it is.
    """
    if isinstance(value, str):
        composed = unicodedata.normalize("NFC", value)
        return "".join(sign if is_printed(sign) else "□" for sign in composed)
    if isinstance(value, dict):
        return {key: printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable(one) for one in value]
    return value


def is_printed(sign: str) -> bool:
    """Say whether the summary's fonts have this character."""
    code = ord(sign)
    return sign in SIGNS or (
        any(code in part for part in PRINTED) and unicodedata.category(sign) not in ("Cn", "Cc")
    )
