"""Small workbooks and CSVs as a CRO might send them, and one call that reads them."""

import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import openpyxl

from kpis.submissions.reading import IntakeLimits, Problem, ReadResult, SourceFile
from kpis.submissions.reading.reader import read_submission

HEADER = (
    *("Study", "Country", "Site Number", "Subject Name", "Folder Name", "Form", "Field OID"),
    *("Log #", "Query Status", "Marking Group Name", "Query Open Date", "Query Response Date"),
    "# Days Since Open",
)
OPENED = datetime.fromisoformat("2025-09-29T14:58:04")


def row(**changes: object) -> list[object]:
    """One good query; `changes` are by column position letter of HEADER's words in snake case."""
    values: dict[str, object] = {
        "study": "ABC-301",
        "country": "NA",
        "site": "007",
        "participant": "007-001",
        "folder": "Screening",
        "form": "Vital signs",
        "field": "VSDAT",
        "log_line": 1,
        "state": "Open",
        "marking_group": "Site from System",
        "opened_at": OPENED,
        "answered_at": None,
        "reported_age": 46,
    }
    return list((values | changes).values())


def write_workbook(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    header: Sequence[object] = HEADER,
    above: Sequence[Sequence[object]] = (),
    title: str = "Query Report - Cumulative",
    finish: Callable[[openpyxl.Workbook], None] | None = None,
) -> Path:
    """Write one sheet; `above` stands over the header, `finish` may change the workbook."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = title
    for cells in (*above, header, *rows):
        sheet.append(list(cells))
    if finish:
        finish(workbook)
    workbook.save(path)
    return path


def rewrite_member(path: Path, member: str, change: Callable[[bytes], bytes]) -> Path:
    """Replace the bytes of one member of a workbook's archive."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[member] = change(parts.get(member, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def read(*paths: Path, limits: IntakeLimits | None = None) -> ReadResult:
    """Read files as one submission of queries."""
    return read_submission(
        [SourceFile(path, path.name) for path in paths],
        listings=["queries", "participants"],
        limits=limits or IntakeLimits(),
        progress=lambda step, share: None,
    )


def only(result: ReadResult, rule: str) -> Problem:
    """Return the single problem of a rule; fails where there are none or several."""
    found = [problem for problem in result.problems if problem.rule == rule]
    assert len(found) == 1, [(problem.rule, problem.sentence) for problem in result.problems]
    return found[0]
