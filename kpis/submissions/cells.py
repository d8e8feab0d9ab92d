"""Cells of a stored file as they stand there, for a page that shows them.

Only files that a check has read are opened: whether a file is safe to open is asked there.
"""

import datetime as dt
import shutil
import tempfile
from pathlib import Path

import pandas as pd
from python_calamine import CalamineWorkbook

from kpis.models import SubmittedFile
from kpis.submissions.reading.delimited import read_delimited
from kpis.submissions.reading.limits import IntakeLimits
from oversight import storage

WORKBOOK = b"PK"


def cells_of(file: SubmittedFile, sheet: str) -> pd.DataFrame:
    """Return the cells of one sheet: frame row 0 is row 1, column 0 is A, nothing converted.

    Raises KeyError if there is no such sheet, FileNotFoundError if the bytes are gone.
    """
    with tempfile.TemporaryDirectory(prefix="cells-") as folder:
        path = copy_out(file, Path(folder) / "file")
        if is_workbook(path):
            return _sheet(path, sheet)
        sheets, _ = read_delimited(path, 0, sheet, IntakeLimits())
        if not sheets:
            raise KeyError(sheet)
        return sheets[0].frame


def copy_out(file: SubmittedFile, path: Path) -> Path:
    """Write the stored bytes to `path`."""
    with storage.fetch(file.sha256) as stored, path.open("wb") as copy:
        shutil.copyfileobj(stored, copy, storage.BLOCK)
    return path


def is_workbook(path: Path) -> bool:
    """Tell a workbook from text by its first bytes."""
    with path.open("rb") as stream:
        return stream.read(len(WORKBOOK)) == WORKBOOK


def _sheet(path: Path, name: str) -> pd.DataFrame:
    with CalamineWorkbook.from_path(path) as workbook:
        if name not in workbook.sheet_names:
            raise KeyError(name)
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return pd.DataFrame(rows, dtype=object)


def shown(cell: object) -> str:
    """Return a cell as a person reads it: whole numbers without '.0', a date at midnight bare."""
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    return str(cell)
