"""A sheet as it stands in the file: cells, their rows, nothing converted."""

from dataclasses import dataclass, field

import pandas as pd

from kpis.submissions.reading.sheet_scan import OddCells
from kpis.submissions.reading.shown import Shown
from kpis.submissions.reading.stated import Stated

MergedRange = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class RawSheet:
    """Cells of one sheet, by position: frame row 0 is spreadsheet row 1, column 0 is A.

    `merged` ranges are inclusive (row, column) pairs counted from 0. `epoch_1904` tells from
    which day Excel counts in this workbook. A column of texts alone is categorical: each distinct
    text stands once. `shown` says what Excel hides; a number shown as a percent is the text '12%'.
    `declared` is the listing that a file in a form of ours names for the sheet, `stated` what that
    file says of itself.
    """

    file: int
    name: str
    frame: pd.DataFrame
    merged: tuple[MergedRange, ...] = ()
    odd: OddCells = field(default_factory=OddCells)
    epoch_1904: bool = False
    shown: Shown = field(default_factory=Shown)
    declared: str = ""
    stated: Stated | None = None
