"""A workbook written the way Excel writes one: shared strings, styles by number, spans of rows.

openpyxl writes every text into its cell, which no Excel does and which readers are slower at.
"""

import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

EPOCH = datetime.fromisoformat("1899-12-30T00:00:00")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1"'
        f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>"
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Query Report - Cumulative" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/>'
        '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/>'
        '</cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>'
    ),
}


def write(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    """Write rows of texts, numbers, dates and blanks as the one sheet of an .xlsx."""
    words: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for number, row in enumerate(rows, start=1):
                sheet.write(_row(number, row, words).encode())
            sheet.write(b"</sheetData></worksheet>")
        listed = "".join(f"<si><t>{escape(word)}</t></si>" for word in words)
        count = f'count="{len(words)}" uniqueCount="{len(words)}"'
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}" {count}>{listed}</sst>')
    return path


def _row(number: int, row: Sequence[object], words: dict[str, int]) -> str:
    cells = []
    for place, value in enumerate(row):
        address = f'r="{chr(65 + place)}{number}"'
        if isinstance(value, str):
            cells.append(f'<c {address} t="s"><v>{words.setdefault(value, len(words))}</v></c>')
        elif isinstance(value, datetime):
            days = (value - EPOCH).total_seconds() / 86_400
            cells.append(f'<c {address} s="1"><v>{days!r}</v></c>')
        elif value is not None:
            cells.append(f"<c {address}><v>{value}</v></c>")
    return f'<row r="{number}" spans="1:{len(row)}">{"".join(cells)}</row>'
