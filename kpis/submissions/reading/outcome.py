"""What reading a submission takes in and gives back. Plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from kpis.submissions.reading.problems import Problem
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.sheet_layout import SheetLayout


@dataclass(frozen=True)
class SourceFile:
    """One file on disk and the name under which it was sent."""

    path: Path
    name: str


@dataclass(frozen=True)
class SheetSummary:
    """One sheet of one file: what it was taken for, and why it was used or not.

    `rows` counts data rows; `header_row` is the spreadsheet row of the lowest header line.
    `titles` gives position and title in the file of each column that was used, `layout` how its
    columns were read.
    """

    file: int
    sheet: str
    listing: str | None
    rows: int
    header_row: int | None
    reason: str
    used: bool = False
    titles: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    layout: SheetLayout | None = None


@dataclass(frozen=True)
class CutoffProposal:
    """A cut-off date found in the data, and how many of the rows that speak agree with it."""

    date: date
    agreeing: int
    compared: int
    source: str


@dataclass(frozen=True)
class ReadResult:
    """Typed tables by listing name, all problems in document order, and what was seen.

    `raw` holds every sheet as it stands, for checks that look beyond the columns that were read.
    """

    tables: Mapping[str, pd.DataFrame]
    problems: tuple[Problem, ...]
    sheets: tuple[SheetSummary, ...]
    cutoff: CutoffProposal | None = None
    studies_named: Mapping[str, int] = field(default_factory=dict)
    file_names: tuple[str, ...] = ()
    raw: tuple[RawSheet, ...] = field(default=(), repr=False, compare=False)

    @property
    def proposed_cutoff_date(self) -> date | None:
        """The proposed cut-off date alone."""
        return self.cutoff.date if self.cutoff else None
