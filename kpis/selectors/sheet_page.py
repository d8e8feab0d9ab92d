"""One sheet of a submitted file as a page shows it: its cells, what was found, said and corrected.

Fifty rows at a time; a filter by words, or the rows with something to look at alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.core.paginator import Page, Paginator

from kpis.models import CellComment, CellCorrection, Check, Submission, SubmittedFile
from kpis.selectors.sheet_marks import SheetMarks
from kpis.selectors.steps import Steps, steps_for
from kpis.submissions.cells import cells_of, shown
from kpis.submissions.found import Found
from kpis.submissions.places import Place, place_of, sheets_of
from kpis.submissions.reading.problems import column_letters
from kpis.submissions.states import StepRefused

ROWS_ON_PAGE = 50
COLUMNS_SHOWN = 60


@dataclass(frozen=True)
class CellShown:
    """One cell: its address, its text, and a mark for what was found or said of it."""

    at: str
    text: str
    mark: str
    chosen: bool


@dataclass(frozen=True)
class RowShown:
    """One row of the sheet; `mark` is for what concerns the row as a whole."""

    number: int
    cells: tuple[CellShown, ...]
    mark: str
    chosen: bool


@dataclass(frozen=True)
class Chosen:
    """The place that the reader chose: a cell, a row, or the sheet."""

    place: Place
    title: str
    value: str
    cells: tuple[tuple[str, str, str], ...]  # of a chosen row: address, title, text
    found: tuple[Found, ...]
    comments: tuple[CellComment, ...]
    correction: CellCorrection | None


@dataclass(frozen=True)
class SheetPage:
    """A page of one sheet."""

    submission: Submission
    steps: Steps
    file: SubmittedFile
    files: tuple[SubmittedFile, ...]
    sheets: tuple[str, ...]
    sheet: str
    columns: tuple[tuple[str, str], ...]
    columns_left_out: int
    rows: tuple[RowShown, ...]
    page: Page
    find: str
    only: bool
    chosen: Chosen
    missing: str = ""


def sheet_page(*, user: Any, submission: Submission, wanted: Mapping[str, str]) -> SheetPage | None:
    """Return the page asked for, or None when no file of the submission was read."""
    check = submission.checks.last()
    files = tuple(file for file in submission.files.all() if sheets_of(file, check))
    if check is None or not files:
        return None
    file = _file(files, wanted.get("file", ""))
    sheets = sheets_of(file, check)
    sheet = wanted.get("sheet", "")
    sheet = sheet if sheet in sheets else _first_used(check, file, sheets)
    frame, missing = _frame(file, sheet)
    marks = SheetMarks(user, submission, check, file, sheet)
    titles = _titles(frame, check, file, sheet)
    numbers = _numbers(frame, wanted.get("find", ""), marks if wanted.get("only") else None)
    place = _place(sheet, wanted.get("at", ""), frame)
    pages = Paginator(numbers, ROWS_ON_PAGE)
    page = pages.get_page(wanted.get("page") or _page_of(place, numbers))
    return SheetPage(
        submission=submission,
        steps=steps_for(user, submission),
        file=file,
        files=files,
        sheets=sheets,
        sheet=sheet,
        columns=tuple(titles.items())[:COLUMNS_SHOWN],
        columns_left_out=max(0, len(titles) - COLUMNS_SHOWN),
        rows=tuple(_row(frame, number, titles, marks, place) for number in page.object_list),
        page=page,
        find=wanted.get("find", ""),
        only=bool(wanted.get("only")),
        chosen=_chosen(frame, titles, marks, place),
        missing=missing,
    )


def _file(files: tuple[SubmittedFile, ...], asked: str) -> SubmittedFile:
    for file in files:
        if asked in (str(file.pk), file.name):
            return file
    return files[0]


def _first_used(check: Check, file: SubmittedFile, sheets: tuple[str, ...]) -> str:
    number = check.file_ids.index(file.pk)
    used = (one["sheet"] for one in check.sheets if one["file"] == number and one["used"])
    return next(used, sheets[0])


def _frame(file: SubmittedFile, sheet: str) -> tuple[pd.DataFrame, str]:
    try:
        return cells_of(file, sheet), ""
    except (KeyError, FileNotFoundError):
        return pd.DataFrame(), "The stored file is missing or cannot be opened any more."


def _titles(frame: pd.DataFrame, check: Check, file: SubmittedFile, sheet: str) -> dict[str, str]:
    """Return the columns' letters with what the header row says above each."""
    number = check.file_ids.index(file.pk)
    rows = (
        one["header_row"]
        for one in check.sheets
        if one["file"] == number and one["sheet"] == sheet and one["header_row"]
    )
    row = next(rows, None)
    cells = list(frame.iloc[row - 1]) if row and row <= len(frame) else [""] * len(frame.columns)
    return {column_letters(place): shown(cell) for place, cell in enumerate(cells)}


def _numbers(frame: pd.DataFrame, find: str, marks: SheetMarks | None) -> list[int]:
    numbers = list(range(1, len(frame) + 1))
    if marks is not None:
        marked = marks.rows()
        numbers = [number for number in numbers if number in marked]
    if find.strip():
        words = find.strip().casefold()
        numbers = [
            n for n in numbers if any(words in shown(c).casefold() for c in frame.iloc[n - 1])
        ]
    return numbers


def _place(sheet: str, at: str, frame: pd.DataFrame) -> Place:
    try:
        place = place_of(sheet, at.removeprefix("row "))
    except StepRefused:
        return Place(sheet)
    return place if place.row is None or place.row <= len(frame) else Place(sheet)


def _page_of(place: Place, numbers: list[int]) -> int:
    """Return the page on which the chosen row stands."""
    if place.row not in numbers:
        return 1
    return numbers.index(place.row) // ROWS_ON_PAGE + 1


def _row(
    frame: pd.DataFrame, number: int, titles: dict[str, str], marks: SheetMarks, place: Place
) -> RowShown:
    cells = []
    for letter, cell in list(zip(titles, frame.iloc[number - 1], strict=True))[:COLUMNS_SHOWN]:
        at = f"{letter}{number}"
        cells.append(CellShown(at, marks.text(at, cell), marks.of(at), at == place.at))
    return RowShown(number, tuple(cells), marks.of(str(number)), number == place.row)


def _chosen(frame: pd.DataFrame, titles: dict[str, str], marks: SheetMarks, place: Place) -> Chosen:
    row = [] if place.row is None else list(frame.iloc[place.row - 1])
    by_letter = {
        letter: marks.text(f"{letter}{place.row}", cell)
        for letter, cell in zip(titles, row, strict=False)
    }
    return Chosen(
        place=place,
        title=titles.get(place.column, ""),
        value=by_letter.get(place.column, ""),
        cells=()
        if place.column
        else tuple(
            (f"{letter}{place.row}", titles[letter], by_letter[letter]) for letter in by_letter
        ),
        found=tuple(marks.found.get(place.at, ())),
        comments=tuple(marks.comments.get(place.at, ())),
        correction=marks.corrections.get(place.at),
    )
