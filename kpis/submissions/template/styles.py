"""How the template looks, and how a value is put into a cell. Nothing that one of the two
spreadsheet programmes would drop: fonts, fills, borders, number formats, widths."""

import re
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

INK, SOFT, GREY = "FF1B2733", "FF5B6772", "FF8A949E"
LINE = Side(style="thin", color="FFC9D1D8")
UNDER = Border(bottom=LINE)
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
TITLE = Font(name="Calibri", size=15, bold=True, color=INK)
PLAIN = Font(name="Calibri", size=11, color=INK)
BOLD = Font(name="Calibri", size=11, bold=True, color=INK)
HINT = Font(name="Calibri", size=9, italic=True, color=SOFT)
PALE = Font(name="Calibri", size=11, color=GREY)
PALE_BOLD = Font(name="Calibri", size=10, italic=True, color=GREY)
TINY = Font(name="Calibri", size=8, color=GREY)
HEADER = PatternFill("solid", fgColor="FFDCE7EE")
NAMED = PatternFill("solid", fgColor="FFEFF3F6")
ENTRY = PatternFill("solid", fgColor="FFFFFBE8")
WRAPPED = Alignment(wrap_text=True, vertical="top", horizontal="left")
TOP = Alignment(vertical="top")

FORMATS = {
    "text": "@",  # 007 stays 007
    "choice": "@",
    "integer": "0",
    "number": "General",
    "date": "yyyy\\-mm\\-dd",
    "datetime": "yyyy\\-mm\\-dd hh:mm",
}
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST = 32_000  # characters of one cell


def put(cell: Any, value: object, *, font: Font = PLAIN, format: str = "", **style: Any) -> Cell:
    """Write a value; text stays text, whatever it begins with."""
    text = isinstance(value, str)
    cell.value = NOT_IN_XML.sub("", str(value))[:LONGEST] if text else value
    if text and cell.value:
        cell.data_type = "s"  # never a formula
        if cell.value[0] in "=+-@":
            cell.quotePrefix = True  # nor when somebody edits it
    cell.font = font
    if format:
        cell.number_format = format
    for name, one in style.items():
        setattr(cell, name, one)
    found: Cell = cell
    return found
