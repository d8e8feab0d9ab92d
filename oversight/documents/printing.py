"""Printing: data and a template → PDF, tagged (PDF/UA-1), the same bytes on any machine.

Set in the fonts that come with the typesetter and dated by the caller. What people wrote reaches
the template as data alone, so that nothing in it is run.
"""

import json
import unicodedata
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import typst

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


def typeset(template: Path, data: dict[str, Any], *, folder: Path, dated: date) -> bytes:
    """Return the PDF of `template`, which reads data.json beside it.

    `folder` is a temporary one of the caller, with the pictures that the data names, if any.
    """
    text = json.dumps(printable(data), ensure_ascii=False)
    (folder / "data.json").write_text(text, encoding="utf-8")
    main = folder / template.name
    main.write_bytes(template.read_bytes())
    midnight = datetime.combine(dated, time(), UTC)
    content: bytes = typst.compile(
        main,
        root=folder,
        format="pdf",
        pdf_standards="ua-1",
        timestamp=int(midnight.timestamp()),
        ignore_system_fonts=True,
    )
    return content


def printable(value: Any) -> Any:
    """Return the same data with □ for each character that the typesetter's fonts cannot print.

    They are made for Latin, Greek and Cyrillic scripts; workbooks and CSV keep the text as it is.
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
    """Say whether the typesetter's fonts have this character."""
    code = ord(sign)
    return sign in SIGNS or (
        any(code in part for part in PRINTED) and unicodedata.category(sign) not in ("Cn", "Cc")
    )
