"""An .xlsx on disk to raw sheets. The archive is inspected first; see archive.py."""

import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

import pandas as pd
from defusedxml import ElementTree
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from kpis.submissions.reading.archive import UNREADABLE, RefusedArchive, inspect, pieces
from kpis.submissions.reading.limits import IntakeLimits
from kpis.submissions.reading.problems import Problem
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.sheet_scan import OddCells, odd_cells

# What a mangled file makes the readers raise. Not Exception: a worker's time limit is one too.
UNREADABLE_BY = (
    ArithmeticError,
    CalamineError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_workbook(
    path: Path, file: int, limits: IntakeLimits, progress: Callable[[float], None]
) -> tuple[list[RawSheet], list[Problem]]:
    """Return the sheets of a workbook, or none and the problem that ended the reading."""
    try:
        archive = inspect(path, limits)
        progress(0.3)
        with zipfile.ZipFile(path) as opened:
            members, epoch_1904 = _outline(opened)
            odd = {
                sheet: odd_cells(pieces(opened, member))
                for sheet, member in members.items()
                if member in archive.scans and archive.scans[member].suspicious
            }
        sheets = _sheets(path, file, odd, limits, epoch_1904, progress)
    except RefusedArchive as refusal:
        return [], [refusal.problem]
    except UNREADABLE_BY:
        return [], [UNREADABLE]
    except BaseException as error:
        if is_panic(error):
            return [], [UNREADABLE]
        raise
    return sheets, list(archive.remarks)


def is_panic(error: BaseException) -> bool:
    """Tell whether the Rust library behind the reader gave up on a mangled file.

    Its panic is a BaseException of a class that cannot be imported. Whatever else is no error
    of reading (a time limit, an interrupt) must pass.
    """
    return type(error).__name__ == "PanicException"


def _outline(archive: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    """Return {sheet name: member name} and whether days are counted from 1904."""
    workbook = _xml(archive, "xl/workbook.xml")
    relations = {
        relation.get("Id"): relation.get("Target", "")
        for relation in _xml(archive, "xl/_rels/workbook.xml.rels")
    }
    members, epoch_1904 = {}, False
    for element in workbook.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "sheet":
            target = relations.get(element.get(RELATION), "").lstrip("/")
            name = element.get("name", "")
            members[name] = target if target.startswith("xl/") else f"xl/{target}"
        elif tag == "workbookPr":
            epoch_1904 = element.get("date1904") in {"1", "true"}
    return members, epoch_1904


def _xml(archive: zipfile.ZipFile, member: str) -> Element:
    try:
        root: Element = ElementTree.fromstring(b"".join(pieces(archive, member)))
    except (KeyError, ParseError) as error:
        raise RefusedArchive(UNREADABLE) from error
    return root


def _sheets(
    path: Path,
    file: int,
    odd: dict[str, OddCells],
    limits: IntakeLimits,
    epoch_1904: bool,
    progress: Callable[[float], None],
) -> list[RawSheet]:
    sheets = []
    with CalamineWorkbook.from_path(path) as workbook:
        named = [
            meta.name for meta in workbook.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet
        ]
        if len(named) > limits.max_sheets:
            raise RefusedArchive(
                Problem(
                    "file-too-large",
                    f"The workbook has {len(named):,} sheets; up to {limits.max_sheets:,} are"
                    " taken. Send the report's own sheets only.",
                )
            )
        for number, name in enumerate(named, start=1):
            sheet = workbook.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
            sheets.append(
                RawSheet(
                    file=file,
                    name=name,
                    frame=pd.DataFrame(rows, dtype=object),
                    merged=tuple(sheet.merged_cell_ranges or ()),
                    odd=odd.get(name, OddCells()),
                    epoch_1904=epoch_1904,
                )
            )
            progress(0.3 + 0.7 * number / len(named))
    return sheets
