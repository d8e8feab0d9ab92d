"""What the steps of a formula are made from."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kpis.engine.explaining.sieve import Sieve
from kpis.engine.explaining.words import column_words
from kpis.engine.shapes import Array, Selection, Tables, Window


@dataclass(frozen=True)
class Ground:
    """What steps are made from; `place` names columns and the value a row must have in each."""

    tables: Tables
    window: Window
    selection: Selection
    place: Mapping[str, str]

    @property
    def above(self) -> Array:
        """The rows that the formula selects as numerator."""
        return self.selection.numerator.mask

    @property
    def below(self) -> Array:
        """The rows that it selects as denominator."""
        return self.selection.denominator.mask

    def sieve(self, listing: str) -> Sieve:
        """Begin with all rows of a listing; the first reason is another place."""
        table = self.tables[listing]
        found = Sieve(listing, table, np.ones(len(table), bool))
        for column, value in self.place.items():
            named = table[column].astype(object).where(table[column].notna(), "") == value
            found.keep(f"{column_words(listing, column)} is not {value or 'blank'}", bools(named))
        return found


def bools(found: "pd.Series[bool]") -> Array:
    """Return a column of truths as an array."""
    return found.to_numpy(bool)
