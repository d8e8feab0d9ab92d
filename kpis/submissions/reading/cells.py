"""One column's cells with each distinct cell kept once: what is converted is the distinct ones.

A column of a million rows rarely holds more than some thousand different cells, so that turning
cells into values costs little, whatever the number of rows.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray

from kpis.submissions.reading import convert

Mask = NDArray[np.bool_]
Codes = NDArray[np.integer[Any]]
SAMPLE = 5_000
# So many places are looked for one by one; for more, all rows are counted.
FEW = 50


@dataclass(frozen=True)
class Cells:
    """Frame rows, for each row the place of its cell in `distinct`, and the texts of those.

    Without `codes` each row has a place of its own: the cells seldom repeat.
    """

    rows: pd.Index
    codes: Codes | None
    distinct: pd.Series
    texts: pd.Series

    def where(self, mask: pd.Series) -> Mask:
        """Return for each row what `mask` says of its distinct cell."""
        if not mask.any():
            return np.zeros(len(self.rows), dtype=bool)
        marks = mask.to_numpy(dtype=bool)
        return marks if self.codes is None else marks[self.codes]

    def spread(self, values: ExtensionArray) -> ExtensionArray:
        """Return for each row the value of its distinct cell."""
        return values if self.codes is None else values.take(self.codes)

    def texts_at(self, mask: Mask) -> pd.Series:
        """Return the texts of some rows."""
        return self.texts[mask] if self.codes is None else self.texts.iloc[self.codes[mask]]

    def blank(self) -> Mask:
        """Mark the rows without text."""
        return self.where(self.texts == "")

    def kept(self, keep: Mask) -> "Cells":
        """Return the cells of some rows; what only the others hold is forgotten."""
        if keep.all():
            return self
        rows = self.rows[keep]
        if self.codes is None:
            return Cells(rows, None, *(_some(one, keep) for one in (self.distinct, self.texts)))
        codes = self.codes[keep]
        return _forgetting(Cells(rows, codes, self.distinct, self.texts), self.codes[~keep])


def cells_of(column: pd.Series, first: int, *, dates: bool) -> Cells:
    """Return the cells of a frame's column from row `first` on; of dates only their place."""
    body = column.iloc[first:]
    above: Codes = np.empty(0, dtype=np.intp)
    if isinstance(column.dtype, pd.CategoricalDtype):
        all_codes = column.cat.codes.to_numpy()
        codes: Codes | None = all_codes[first:]
        distinct = pd.Series(column.cat.categories)
        # All are used by the column, but for those above and the blank that is always among them.
        blank = np.flatnonzero(distinct == "").astype(all_codes.dtype)
        above = np.concatenate([all_codes[:first], blank])
    elif _seldom_repeats(body):
        codes, distinct = None, body.reset_index(drop=True)
    else:
        codes, distinct = _factorized(body)
    texts = (convert.as_marks if dates else convert.as_text)(distinct)
    return _forgetting(Cells(body.index, codes, distinct, texts), above)


def _forgetting(cells: Cells, gone: Codes) -> Cells:
    """Return the cells without those of the places `gone` that no row has."""
    codes = cells.codes
    if codes is None or not len(gone):
        return cells
    used = np.ones(len(cells.distinct), dtype=bool)
    places = np.unique(gone)
    if len(places) <= FEW:
        used[places] = [bool((codes == place).any()) for place in places]
    else:
        used = np.bincount(codes, minlength=len(used)) > 0
    if used.all():
        return cells
    moved = (np.cumsum(used) - 1).astype(codes.dtype)
    return Cells(cells.rows, moved[codes], _some(cells.distinct, used), _some(cells.texts, used))


def _some(values: pd.Series, keep: Mask) -> pd.Series:
    return values[keep].reset_index(drop=True)


def _factorized(column: pd.Series) -> tuple[Codes, pd.Series]:
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
