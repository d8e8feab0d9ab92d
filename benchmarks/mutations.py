"""Sound files and ways to spoil them: bytes, members of the archive, XML, cells. Pure functions.

Every mutation is drawn by hypothesis, so that a failing one is made as small as it can be.
"""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
from hypothesis import strategies as st

HEADER = (
    *("Study", "Country", "Site Number", "Subject Name", "Folder Name", "Form", "Field OID"),
    *("Log #", "Query Status", "Marking Group Name", "Query Open Date", "Query Response Date"),
    "# Days Since Open",
)
ROW = (
    *("ABC-301", "FRA", "007", "007-001", "Visit 1", "AE", "AETERM", "1", "Open", "CDM"),
    *("2025-11-04", "", "10"),
)
# What breaks readers: markup, formulas, foreign digits, controls, numbers out of range.
PIECES = (
    *(b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<c r='ZZZ9999999'><v>1</v></c>", b"</row>", b"\x00"),
    *(b'<c r="A1" t="s"><v>99999999</v></c>', b"&#x0;", b"\xff\xfe", b'"', b"\r", b",,,,,,,,"),
    *(b"<mergeCell ref='A1:XFD1048576'/>", b"1e400", b"-1", b"=1+1", b"\xef\xbb\xbf", b"&a;"),
)
CELLS = st.one_of(
    st.sampled_from(ROW),
    st.text(max_size=12),
    st.sampled_from(
        ["=1+1", "NaT", "inf", "-", "9" * 40, "0001-01-01", "31/02/2025", "1,5", "12%"]
    ),
    st.integers(-(10**12), 10**12).map(str),
    st.dates().map(str),
)
TABLES = st.lists(st.lists(CELLS, max_size=15), max_size=8)


def csv_of(rows: list[list[str]], separator: str) -> bytes:
    """Return rows below the header as CSV, without any quoting."""
    return "\n".join(separator.join(row) for row in (list(HEADER), *rows)).encode()


def workbook_of(rows: list[list[str]]) -> bytes:
    """Return rows below the header as a workbook; what no workbook can hold is left out."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADER)
    for row in rows:
        sheet.append([_storable(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    parts = _parts(out.getvalue())
    del parts["docProps/core.xml"]  # says when the file was written: bytes must not hang on that
    return _packed(parts)


@st.composite
def spoilt_bytes(draw: Any, whole: bytes) -> bytes:
    """Cut, overwrite, double or extend bytes anywhere."""
    content = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(content)))
        length = draw(st.integers(0, 64))
        kind = draw(st.sampled_from(("cut", "write", "double", "end", "piece")))
        if kind == "cut":
            del content[place : place + length]
        elif kind == "write":
            content[place : place + length] = draw(st.binary(max_size=64))
        elif kind == "double":
            content[place:place] = content[place : place + length]
        elif kind == "end":
            del content[place:]
        else:
            content[place:place] = draw(st.sampled_from(PIECES))
    return bytes(content)


@st.composite
def spoilt_members(draw: Any, whole: bytes) -> bytes:
    """Leave out, rename, empty, double or swap members of the archive."""
    parts = _parts(whole)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(parts)))
        kind = draw(st.sampled_from(("drop", "rename", "empty", "swap", "bin")))
        content = parts.pop(name)
        if kind == "rename":
            parts[draw(st.sampled_from(("../" + name, "/" + name, name.upper(), "xl/x.xml")))] = (
                content
            )
        elif kind == "empty":
            parts[name] = b""
        elif kind == "swap" and parts:
            other = draw(st.sampled_from(sorted(parts)))
            parts[name], parts[other] = parts[other], content
        elif kind == "bin":
            parts[name] = draw(st.binary(max_size=200))
        if not parts:
            parts["x"] = b""
    return _packed(parts)


@st.composite
def spoilt_xml(draw: Any, whole: bytes) -> bytes:
    """Spoil the XML of one member and pack the archive soundly again."""
    parts = _parts(whole)
    name = draw(st.sampled_from(sorted(name for name in parts if name.endswith((".xml", ".rels")))))
    parts[name] = draw(spoilt_bytes(parts[name]))
    return _packed(parts)


LEVELS: dict[str, Callable[[list[list[str]]], st.SearchStrategy[bytes]]] = {
    "CSV, cells": lambda rows: st.sampled_from(",;\t|").map(lambda sign: csv_of(rows, sign)),
    "CSV, bytes": lambda rows: spoilt_bytes(csv_of(rows, ",")),
    "Workbook, cells": lambda rows: st.just(workbook_of(rows)),
    "Workbook, XML": lambda rows: spoilt_xml(workbook_of(rows)),
    "Workbook, members": lambda rows: spoilt_members(workbook_of(rows)),
    "Workbook, bytes": lambda rows: spoilt_bytes(workbook_of(rows)),
}


def _storable(cell: str) -> str:
    return "".join(sign for sign in cell if sign.isprintable())


def _parts(whole: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name)  # without the time of day: the same bytes every time
            archive.writestr(member, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
