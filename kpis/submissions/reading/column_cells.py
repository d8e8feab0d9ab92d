"""The cells of one column, and the problems that are found at them."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kpis.engine.tables import Column
from kpis.submissions.reading.cells import Cells, Mask
from kpis.submissions.reading.headers import Header
from kpis.submissions.reading.problems import Problem, address, shorten
from kpis.submissions.reading.raw import RawSheet

# So many cells of one column are named one by one for one rule.
LISTED = 20_000


@dataclass(frozen=True)
class ColumnCells:
    """The cells of one column of a sheet on their way to values.

    Masks of series are of its distinct cells, others of its rows.
    """

    sheet: RawSheet
    header: Header
    column: Column
    position: int
    cells: Cells

    def odd(self) -> tuple[Mask, list[Problem]]:
        """Return formulas without value and error cells, which the reader gives as blank."""
        rows = self.cells.rows
        if not (self.sheet.odd.formulas or self.sheet.odd.errors):
            return np.zeros(len(rows), dtype=bool), []
        formulas = [row - 1 for row, place in self.sheet.odd.formulas if place == self.position]
        errors = {
            row - 1: value
            for (row, place), value in self.sheet.odd.errors.items()
            if place == self.position
        }
        is_formula, is_error = rows.isin(formulas), rows.isin(list(errors))
        problems = self.at_rows(
            is_formula,
            "formula-without-value",
            "is a formula whose value was never stored. Open the file in Excel, let it"
            " calculate, save it, and send it again.",
        )
        problems += self._list(
            [(row, errors[row]) for row in rows[is_error].tolist()],
            "error-left-out" if self.column.lenient else "error-cell",
            "is an Excel error and was left out."
            if self.column.lenient
            else "is an Excel error. Repair it or type a value.",
        )
        return is_formula | is_error, problems

    def at(self, mask: pd.Series, rule: str, what: str) -> list[Problem]:
        """Return a problem for each row whose distinct cell is marked."""
        return self.at_rows(self.cells.where(mask), rule, what) if mask.any() else []

    def at_rows(self, mask: Mask, rule: str, what: str) -> list[Problem]:
        """Return a problem for each row that is marked."""
        return self._list(self._cells_at(mask), rule, what)

    def once(self, mask: pd.Series, rule: str, what: str) -> list[Problem]:
        """Return one problem, at the first row whose distinct cell is marked, for all of them."""
        places = self._cells_at(self.cells.where(mask))
        if not places:
            return []
        first = self._problem(*places[0], rule, what)
        more = f" So do {len(places) - 1:,} more cells of the column." if len(places) > 1 else ""
        return [replace(first, sentence=first.sentence + more)]

    def _cells_at(self, mask: Mask) -> list[tuple[int, object]]:
        if not mask.any():
            return []
        texts = self.cells.texts_at(mask)
        return list(zip(self.cells.rows[mask].tolist(), texts.tolist(), strict=True))

    def _list(self, places: list[tuple[int, object]], rule: str, what: str) -> list[Problem]:
        """Return a problem for each cell; beyond LISTED one more stands for all the others."""
        problems = [self._problem(*place, rule, what) for place in places[:LISTED]]
        if len(places) > LISTED:
            rest = self._problem(*places[LISTED], rule, what)
            others = len(places) - LISTED - 1
            more = f" {others:,} more cells of this column are like it; they are not listed here."
            problems.append(
                replace(rest, sentence=rest.sentence + more, count=len(places) - LISTED)
            )
        return problems

    def _problem(self, row: int, value: object, rule: str, what: str) -> Problem:
        title = shorten(self.header.titles[self.position])
        shown = shorten(value)
        quoted = f"'{shown}' in " if shown else ""
        return Problem(
            rule,
            f"{quoted}{title}, row {row + 1}, {what}",
            file=self.sheet.file,
            sheet=self.sheet.name,
            row=row + 1,
            column=title,
            cell=address(self.position, row + 1),
            value=shown or None,
        )
