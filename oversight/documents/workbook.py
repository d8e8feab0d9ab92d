"""Workbooks: values as cells that are never formulas, and the same bytes for the same content."""

import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

LONGEST_CELL = 32_767
CUT = " … (cut: a cell holds no more)"

FIXED = (1980, 1, 1, 0, 0, 0)
PROPERTIES = "docProps/core.xml"
CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    b"<dc:creator>Oversight</dc:creator></cp:coreProperties>"
)
BLOCK = 1024 * 1024


def cell_of(sheet: Any, value: Any, *, cut: str = CUT) -> Any:
    """Return a value as a cell of a write-only sheet; text stays text, whatever it begins with.

    Moments are shown in UTC. `cut` ends a text that is longer than a cell may be.
    """
    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
        if len(text) > LONGEST_CELL:
            text = text[: LONGEST_CELL - len(cut)] + cut
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"
        return cell
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value.astimezone(UTC).replace(tzinfo=None, microsecond=0))
        cell.number_format = "yyyy-mm-dd hh:mm:ss"
        return cell
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    return cell


def normalise(path: Path) -> None:
    """Write the workbook anew without times: the same content gives the same bytes.

    openpyxl writes the time of day into it, in two places.
    """
    target = path.with_suffix(".fixed")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in sorted(old.namelist(), key=_content_types_first):
            info = zipfile.ZipInfo(name, date_time=FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            info.file_size = old.getinfo(name).file_size
            with old.open(name) as source, new.open(info, "w") as kept:
                if name == PROPERTIES:
                    kept.write(CORE)
                    continue
                while block := source.read(BLOCK):
                    kept.write(block)
    target.replace(path)


def _content_types_first(name: str) -> tuple[bool, str]:
    return name != "[Content_Types].xml", name
