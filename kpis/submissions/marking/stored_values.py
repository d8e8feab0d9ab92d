"""Formulas keep the values that the sender's program stored with them.

Writing a workbook anew drops them, and a formula without a value reads as blank. They are taken
from the XML of the one and put into the XML of the other, as they stand.
"""

import re
import shutil
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from defusedxml import ElementTree

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
BLANK_FORMULA = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"([^<>]*)>(<f\b[^<>]*/>|<f\b[^<>]*>[^<]*</f>)<v\s*(?:/>|></v>)</c>'
)
Stored = dict[str, tuple[str, str]]  # address → type and text of the value


def keep_stored_values(source: Path, target: Path) -> None:
    """Give each formula of the workbook at `target` the value that it has at `source`."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target) as after:
        members = _members(before)
        stored = {
            member: _stored(before, members[name])
            for name, member in _members(after).items()
            if name in members and b"<f" in after.read(member)
        }
        if not any(stored.values()):
            return
        mended = target.with_suffix(".mended")
        with zipfile.ZipFile(mended, "w", zipfile.ZIP_DEFLATED) as out:
            for item in after.infolist():
                content = after.read(item)
                out.writestr(item, _filled(content, stored.get(item.filename, {})))
    shutil.move(mended, target)


def _members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the member of each sheet by the sheet's name."""
    relations = {
        one.get("Id"): one.get("Target", "").lstrip("/")
        for one in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    found = {}
    for element in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            target = relations.get(element.get(RELATION), "")
            found[element.get("name", "")] = target if target[:3] == "xl/" else f"xl/{target}"
    return {name: member for name, member in found.items() if member in archive.namelist()}


def _stored(archive: zipfile.ZipFile, member: str) -> Stored:
    """Return the values stored with formulas on one sheet."""
    found: Stored = {}
    with archive.open(member) as stream:
        for _, element in ElementTree.iterparse(stream):
            tag = element.tag.rpartition("}")[2]
            if tag == "c":
                parts = {child.tag.rpartition("}")[2]: child.text for child in element}
                if "f" in parts and parts.get("v"):
                    found[element.get("r", "")] = (element.get("t", "n"), str(parts["v"]))
            if tag in ("c", "row"):
                element.clear()
    return found


def _filled(content: bytes, stored: Stored) -> bytes:
    if not stored:
        return content

    def fill(match: re.Match[bytes]) -> bytes:
        value = stored.get(match[1].decode())
        if value is None:
            return match[0]
        kind, text = value
        kept = b'<c r="%b"%b t="%b">%b<v>%b</v></c>'
        return kept % (match[1], match[2], kind.encode(), match[3], escape(text).encode())

    return BLANK_FORMULA.sub(fill, content)
