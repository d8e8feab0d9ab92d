"""What the small parts of a workbook say of its sheets: names, members, hidden ones, formats."""

import zipfile
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree

from kpis.submissions.reading.archive import UNREADABLE, RefusedArchive, pieces
from kpis.submissions.reading.shown import PERCENT_FORMATS

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class SheetPart:
    """The member of the archive that holds a sheet, and whether Excel hides the sheet."""

    member: str
    hidden: bool


@dataclass(frozen=True)
class Outline:
    """Sheets by name, whether days count from 1904, and the cell styles that show percents."""

    sheets: dict[str, SheetPart]
    epoch_1904: bool
    percent_styles: frozenset[int]


def read_outline(archive: zipfile.ZipFile) -> Outline:
    """Return the outline of a workbook that was inspected. Raises RefusedArchive."""
    workbook = _xml(archive, "xl/workbook.xml")
    relations = {
        relation.get("Id"): relation.get("Target", "")
        for relation in _xml(archive, "xl/_rels/workbook.xml.rels")
    }
    sheets, epoch_1904 = {}, False
    for element in workbook.iter():
        tag = _tag(element)
        if tag == "sheet":
            target = relations.get(element.get(RELATION), "").lstrip("/")
            sheets[element.get("name", "")] = SheetPart(
                member=target if target.startswith("xl/") else f"xl/{target}",
                hidden=element.get("state", "visible") != "visible",
            )
        elif tag == "workbookPr":
            epoch_1904 = element.get("date1904") in {"1", "true"}
    return Outline(sheets, epoch_1904, _percent_styles(archive))


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """Return the numbers of the cell styles whose format shows a number as a percent."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    styles = _xml(archive, "xl/styles.xml")
    own = {
        element.get("numFmtId")
        for element in styles.iter()
        if _tag(element) == "numFmt" and _shows_percents(element.get("formatCode", ""))
    }
    percents = own | {str(number) for number in PERCENT_FORMATS}
    found: set[int] = set()
    for group in styles:
        if _tag(group) == "cellXfs":
            found |= {
                place for place, style in enumerate(group) if style.get("numFmtId") in percents
            }
    return frozenset(found)


def _shows_percents(code: str) -> bool:
    """Tell whether a format code has a percent sign outside quotes and escapes."""
    bare = "".join(part for place, part in enumerate(code.split('"')) if place % 2 == 0)
    return "%" in bare.replace("\\%", "")


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _xml(archive: zipfile.ZipFile, member: str) -> Element:
    try:
        root: Element = ElementTree.fromstring(b"".join(pieces(archive, member)))
    except (KeyError, ParseError) as error:
        raise RefusedArchive(UNREADABLE) from error
    return root
