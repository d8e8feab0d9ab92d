"""The document as XLSX and PDF: the same content gives the same bytes."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from oversight.documents.printing import typeset
from oversight.documents.workbook import cell_of, normalise
from oversight.look.times import day_text
from studies.toro.differences import Change
from studies.toro.document import Document
from studies.toro.lines import Line
from studies.toro.wording import CITATION

TEMPLATE = Path(__file__).with_name("toro.typ")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"pdf": "application/pdf", "xlsx": XLSX}
# Heading, field of a line, width.
COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("Group", "group", 20),
    ("Code", "code", 8),
    ("Function or obligation", "name", 44),
    (CITATION, "citation", 36),
    ("State", "state", 26),
    ("Where", "place", 16),
    ("Holder", "holder", 24),
    ("Who does what", "split", 40),
    ("Performed by", "performer", 24),
    ("Agreed in", "agreement", 24),
    ("Clause", "clause", 12),
    ("Final decision by", "decision_maker", 24),
    ("Since", "since", 12),
    ("Confirmed by", "confirmed", 24),
)
REPORTED = ("IND submission", "reported", 24)
CHANGES = (
    ("From", 12),
    ("Function or obligation", 40),
    ("What changes", 70),
    ("For the agreement", 60),
    ("For the IND", 60),
)


def columns_of(found: Document) -> tuple[tuple[str, str, int], ...]:
    """Return the columns: with what the authority was told, or without."""
    return (*COLUMNS, REPORTED) if found.told else COLUMNS


def facts_of(found: Document) -> tuple[tuple[str, str], ...]:
    """Return the head of the document as pairs."""
    known = f"as recorded by the end of {day_text(found.known_on)} (UTC)" if found.known_on else ""
    return (
        ("Study", " · ".join(part for part in (found.study, found.study_title) if part)),
        ("Sponsor", found.sponsor),
        ("Product type", found.product),
        ("List", found.scope),
        *((("Part of", found.part),) if found.part else ()),
        ("As of", day_text(found.on)),
        ("Generated from", ", ".join(part for part in (found.source, known) if part)),
        ("Fingerprint", found.sha256),
    )


def workbook(found: Document, steps: Sequence[Change], *, since: str) -> bytes:
    """Return the workbook: the table, then what changed. `since` says from when on, in words.

    The part of one CRO holds no changes: they name others.
    """
    book = Workbook(write_only=True)
    columns = columns_of(found)
    sheet = _sheet(book, found.title, [width for *_, width in columns])
    _row(sheet, [found.title], bold=True)
    for name, value in facts_of(found):
        _row(sheet, [name, value])
    for sentence in found.statements:
        _row(sheet, [sentence])
    _row(sheet, [])
    _row(sheet, [heading for heading, *_ in columns], bold=True)
    for line in found.lines:
        _row(sheet, [getattr(line, field) for _, field, _ in columns])
    if found.part:
        return _bytes(book)
    sheet = _sheet(book, "Changes", [width for _, width in CHANGES])
    _row(sheet, [f"What changed {since} to {day_text(found.on)}"], bold=True)
    _row(sheet, [heading for heading, _ in CHANGES], bold=True)
    for step in steps:
        texts = "\n".join(step.agreement), "\n".join(step.ind)
        _row(sheet, [step.on, step.item, step.sentence, *texts])
    if not steps:
        _row(sheet, ["Nothing changed."])
    return _bytes(book)


def _sheet(book: Workbook, title: str, widths: Iterable[int]) -> Any:
    sheet = book.create_sheet(title[:31])
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    return sheet


def _row(sheet: Any, values: Iterable[Any], *, bold: bool = False) -> None:
    cells = [cell_of(sheet, value) for value in values]
    for cell in cells:
        cell.font = Font(bold=bold)
        if len(cells) > 2:  # heads and sentences run over the cells beside them
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.append(cells)


def _bytes(book: Workbook) -> bytes:
    with tempfile.TemporaryDirectory(prefix="toro-") as name:
        path = Path(name) / "toro.xlsx"
        with path.open("wb") as target:
            book.save(target)
        normalise(path)
        return path.read_bytes()


def pdf(found: Document) -> bytes:
    """Return the PDF, dated by the day of the document."""
    data = {
        "title": found.title,
        "heading": f"{found.title}, {found.study}",
        "sponsor": found.sponsor,
        "as_of": day_text(found.on),
        "facts": facts_of(found),
        "statements": found.statements,
        "told": found.told,
        "citation": CITATION,
        "sha256": found.sha256,
        "groups": [
            {"name": group.name, "rows": [_printed(line) for line in group.lines]}
            for group in found.groups
        ],
    }
    with tempfile.TemporaryDirectory(prefix="toro-") as name:
        return typeset(TEMPLATE, data, folder=Path(name), dated=found.on)


def _printed(line: Line) -> dict[str, str]:
    return {key: value or "" for key, value in asdict(line).items() if key != "since"} | {
        "since": day_text(line.since)
    }
