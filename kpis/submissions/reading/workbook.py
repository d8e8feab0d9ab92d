"""An .xlsx on disk to raw sheets. The archive is inspected first; see archive.py."""

import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from kpis.submissions.reading.archive import UNREADABLE, RefusedArchive, inspect, pieces
from kpis.submissions.reading.limits import IntakeLimits
from kpis.submissions.reading.outline import Outline, SheetPart, read_outline
from kpis.submissions.reading.problems import Problem
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.sheet_scan import OddCells, SheetScan, odd_cells
from kpis.submissions.reading.shown import Shown, as_percent, hidden_in, percent_cells
from kpis.submissions.reading.shown_problems import shown_problems

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


def read_workbook(
    path: Path, file: int, limits: IntakeLimits, progress: Callable[[float], None]
) -> tuple[list[RawSheet], list[Problem]]:
    """Return the sheets of a workbook, or none and the problem that ended the reading."""
    try:
        archive = inspect(path, limits)
        progress(0.3)
        with zipfile.ZipFile(path) as opened:
            outline = read_outline(opened)
            told = {
                name: _closer_look(opened, part, archive.scans.get(part.member), outline)
                for name, part in outline.sheets.items()
            }
        sheets = _sheets(path, file, told, limits, outline.epoch_1904, progress)
    except RefusedArchive as refusal:
        return [], [refusal.problem]
    except UNREADABLE_BY:
        return [], [UNREADABLE]
    except BaseException as error:
        if is_panic(error):
            return [], [UNREADABLE]
        raise
    remarks = [problem for sheet in sheets for problem in shown_problems(sheet)]
    return sheets, [*archive.remarks, *remarks]


def _closer_look(
    archive: zipfile.ZipFile, part: SheetPart, scan: SheetScan | None, outline: Outline
) -> tuple[OddCells, Shown]:
    """Return what the XML of a sheet says that the workbook reader does not."""
    odd, shown = OddCells(), Shown()
    if scan is not None and scan.suspicious:
        odd = odd_cells(pieces(archive, part.member))
    if scan is not None and scan.hiding:
        shown = hidden_in(pieces(archive, part.member))
    if scan is not None and outline.percent_styles:
        cells = percent_cells(pieces(archive, part.member), outline.percent_styles)
        shown = replace(shown, percents=cells)
    return odd, replace(shown, sheet_hidden=part.hidden)


def is_panic(error: BaseException) -> bool:
    """Tell whether the Rust library behind the reader gave up on a mangled file.

    Its panic is a BaseException of a class that cannot be imported. Whatever else is no error
    of reading (a time limit, an interrupt) must pass.
    """
    return type(error).__name__ == "PanicException"


def _sheets(
    path: Path,
    file: int,
    told: dict[str, tuple[OddCells, Shown]],
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
            odd, shown = told.get(name, (OddCells(), Shown()))
            sheets.append(
                RawSheet(
                    file=file,
                    name=name,
                    frame=_frame(sheet.to_python(skip_empty_area=False), shown),
                    merged=tuple(sheet.merged_cell_ranges or ()),
                    odd=odd,
                    epoch_1904=epoch_1904,
                    shown=shown,
                )
            )
            progress(0.3 + 0.7 * number / len(named))
    return sheets


def _frame(rows: Sequence[Sequence[object]], shown: Shown) -> pd.DataFrame:
    """Return cells by column; a column of texts alone is categorical."""
    columns: dict[int, pd.Series] = {}
    for place, cells in enumerate(zip(*rows, strict=True)):
        percents = shown.percents.get(place, frozenset())
        if percents:
            cells = tuple(
                as_percent(cell) if row in percents else cell
                for row, cell in enumerate(cells, start=1)
            )
        columns[place] = _column(cells)
    return pd.DataFrame(columns, index=range(len(rows)))


def _column(cells: tuple[object, ...]) -> pd.Series:
    column = pd.Series(cells, dtype="object")
    if set(map(type, cells)) != {str}:
        return column
    codes, words = pd.factorize(column)
    if "" not in words:  # a blank can always be asked for
        words = words.append(pd.Index([""]))
    return pd.Series(pd.Categorical.from_codes(codes, categories=words.astype("str")))
