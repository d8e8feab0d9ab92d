"""A submission's files, with what each of their sheets was taken for and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kpis.engine.tables import LISTINGS
from kpis.models import Check, Problem, Submission, SubmittedFile
from kpis.selectors.problem_groups import counted


@dataclass(frozen=True)
class SheetRow:
    """One sheet: what it was taken for, how many rows were read from it, and why."""

    name: str
    listing: str
    rows: int
    header_row: int | None
    reason: str
    used: bool


@dataclass(frozen=True)
class FileRow:
    """One file as it stands in the submission. `rows` counts the rows used, None while unread."""

    pk: int
    name: str
    size: int
    sha256: str
    received_at: datetime
    uploaded_by: str
    rows: int | None
    sheets: tuple[SheetRow, ...]
    mark: str
    state: str

    @property
    def short_sha256(self) -> str:
        """Return the first 16 digits in two groups, as a person compares them."""
        return f"{self.sha256[:8]} {self.sha256[8:16]}…"

    @property
    def sheets_used(self) -> int:
        """Return from how many sheets rows were taken."""
        return sum(sheet.used for sheet in self.sheets)


def file_rows(submission: Submission, check: Check | None) -> tuple[FileRow, ...]:
    """Return the files in place now, in the order of their arrival; two statements."""
    files = submission.files.filter(set_aside_at=None).select_related("uploaded_by")
    problems = list(check.problems.all()) if check else []
    return tuple(_file(file, check, problems) for file in files)


def files_set_aside(submission: Submission) -> tuple[FileRow, ...]:
    """Return what was replaced or taken out; the bytes of each are kept."""
    files = submission.files.exclude(set_aside_at=None).select_related("uploaded_by")
    return tuple(_file(file, None, []) for file in files)


def _file(file: SubmittedFile, check: Check | None, problems: Sequence[Problem]) -> FileRow:
    read = check is not None and file.pk in check.file_ids
    sheets = _sheets(check, check.file_ids.index(file.pk)) if check and read else ()
    mark, state = _state(file, problems, sheets) if read else ("", "Waits for the check")
    return FileRow(
        pk=file.pk,
        name=file.name,
        size=file.size,
        sha256=file.sha256,
        received_at=file.received_at,
        uploaded_by=str(file.uploaded_by),
        rows=sum(sheet.rows for sheet in sheets if sheet.used) if read else None,
        sheets=sheets,
        mark=mark,
        state="Kept" if file.set_aside_at else state,
    )


def _sheets(check: Check, place: int) -> tuple[SheetRow, ...]:
    return tuple(
        SheetRow(
            name=sheet["sheet"],
            listing=LISTINGS[sheet["listing"]].title if sheet["listing"] in LISTINGS else "",
            rows=sheet["rows"],
            header_row=sheet["header_row"],
            reason=sheet["reason"],
            used=sheet["used"],
        )
        for sheet in check.sheets
        if sheet["file"] == place
    )


def _state(
    file: SubmittedFile, problems: Sequence[Problem], sheets: tuple[SheetRow, ...]
) -> tuple[str, str]:
    """Say which rules the file breaks. Beyond the cells kept for the page nothing is claimed."""
    mine: dict[str, int] = {"error": 0, "warning": 0}
    for problem in problems:
        if problem.severity in mine and any(_names(cell, file) for cell in problem.cells):
            mine[problem.severity] += 1
    words = [counted(count, severity) for severity, count in mine.items() if count]
    if words:
        return ("error" if mine["error"] else "warning"), ", ".join(words)
    if not any(sheet.used for sheet in sheets):
        return "", "Not used"
    return "done", "No problems"


def _names(cell: dict[str, Any], file: SubmittedFile) -> bool:
    return bool(cell["file"] == file.name)
