"""One column's cells with each distinct cell kept once: what is converted is the distinct ones.

A column of a million rows rarely holds more than some thousand different cells, so that turning
cells into values costs little, whatever the number of rows.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpis.submissions.reading import convert

Mask = NDArray[np.bool_]
SAMPLE = 5_000


@dataclass(frozen=True)
class Cells:
    """Frame rows, for each row the place of its cell in `distinct`, and the texts of those."""

    rows: pd.Index
    codes: NDArray[np.intp]
    distinct: pd.Series
    texts: pd.Series

    def where(self, mask: pd.Series) -> Mask:
        """Return for each row what `mask` says of its distinct cell."""
        return mask.to_numpy(dtype=bool)[self.codes]

    def blank(self) -> Mask:
        """Mark the rows without text."""
        return self.where(self.texts == "")

    def kept(self, keep: Mask) -> "Cells":
        """Return the cells of some rows; what only the others hold is forgotten."""
        codes = self.codes[keep]
        used = np.bincount(codes, minlength=len(self.distinct)) > 0
        if used.all():
            return Cells(self.rows[keep], codes, self.distinct, self.texts)
        places = np.cumsum(used) - 1
        return Cells(
            self.rows[keep],
            places[codes],
            self.distinct[used].reset_index(drop=True),
            self.texts[used].reset_index(drop=True),
        )


def cells_of(column: pd.Series, *, dates: bool) -> Cells:
    """Return the cells of a frame's column; in a column of dates only their place is told."""
    codes, distinct = _factorized(column)
    texts = (convert.as_marks if dates else convert.as_text)(distinct)
    cells = Cells(column.index, codes, distinct, texts)
    return cells.kept(np.ones(len(column), dtype=bool))


def _factorized(column: pd.Series) -> tuple[NDArray[np.intp], pd.Series]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy().astype(np.intp), pd.Series(column.cat.categories)
    if _seldom_repeats(column):
        return np.arange(len(column)), column.reset_index(drop=True)
    if column.dtype == object:
        cells = column.tolist()
        if bool in set(map(type, cells)):  # True equals 1 and would take its place
            words = [convert.as_word(cell) if type(cell) is bool else cell for cell in cells]
            column = pd.Series(words, column.index, "object")
    codes, distinct = pd.factorize(column, use_na_sentinel=False)
    return codes, pd.Series(distinct, dtype=column.dtype)


def _seldom_repeats(column: pd.Series) -> bool:
    sample = column.iloc[:SAMPLE]
    return len(column) > SAMPLE and sample.nunique() * 2 > len(sample)
