"""The named formulas, and the one way to compute a KPI from listings.

Each formula lives in a file of its own and is entered in `FORMULAS` here. `compute` and
`numerator_rows` go through the same selection, so a value and the rows shown behind it agree.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from kpis.engine.adherence import ADHERENCE
from kpis.engine.ageing import STOCK_AGEING
from kpis.engine.concentration import CONCENTRATION
from kpis.engine.count import COUNT
from kpis.engine.definition import KpiDefinition
from kpis.engine.duration import DURATION
from kpis.engine.event_rate import EVENT_RATE
from kpis.engine.ratio import RATIO
from kpis.engine.reading import read
from kpis.engine.remembering import remembered
from kpis.engine.shapes import Formula, Key, Outcome, Selection, Tables, Window
from kpis.engine.share import SHARE
from kpis.engine.survey_index import SURVEY_INDEX
from kpis.engine.tables import OWN_TABLES
from kpis.engine.timeliness import TIMELINESS
from kpis.engine.units import units_of
from kpis.engine.variance import VARIANCE

FORMULAS: Mapping[str, Formula] = {
    formula.name: formula
    for formula in (
        STOCK_AGEING,
        EVENT_RATE,
        SHARE,
        RATIO,
        TIMELINESS,
        DURATION,
        COUNT,
        VARIANCE,
        CONCENTRATION,
        ADHERENCE,
        SURVEY_INDEX,
    )
}


class ListingError(ValueError):
    """A listing or a column that the KPI needs is not there, or is blank in every row."""

    def __init__(self, sentence: str, *, listing: str) -> None:
        super().__init__(sentence)
        self.listing = listing


def compute(
    definition: KpiDefinition,
    tables: Tables,
    *,
    cutoff_date: date,
    period_start: date,
    by: Sequence[str] = (),
) -> dict[Key, Outcome]:
    """Return one Outcome per unit; `by` names the columns that make a unit.

    () computes everything together, under the key (), also from an empty table. A unit without a
    row in any of the KPI's listings does not appear. Raises ListingError when a listing or column
    that the KPI needs is missing, or blank in every row of a listing that has rows: no KPI falls
    back to something else under the same name.
    """
    formula, parameters = formula_of(definition)
    needed = _needed(definition, tables, formula, parameters, by)
    units = units_of(needed, by)
    window = Window(period_start, cutoff_date)
    outcomes = formula.figures(needed, units, window, parameters).outcomes()
    return dict(zip(units.keys, outcomes, strict=True))


def numerator_rows(
    definition: KpiDefinition,
    tables: Tables,
    *,
    cutoff_date: date,
    period_start: date | None = None,
) -> Selection:
    """Return the rows behind a value: masks of numerator and denominator over the tables given.

    `period_start` matters to KPIs over a period only; without it the period is the cut-off day.
    """
    formula, parameters = formula_of(definition)
    needed = _needed(definition, tables, formula, parameters, ())
    return formula.select(needed, Window(period_start or cutoff_date, cutoff_date), parameters)


def formula_of(definition: KpiDefinition) -> tuple[Formula, Any]:
    """Return the definition's formula and its parameters as the formula's own dataclass."""
    return FORMULAS[definition.formula], _parameters(_Same(definition))


class _Same:
    """A definition as a key: the same is only the very same object, which is held meanwhile."""

    def __init__(self, definition: KpiDefinition) -> None:
        self.definition = definition

    def __hash__(self) -> int:
        return id(self.definition)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.definition is self.definition


@lru_cache(maxsize=1024)
def _parameters(of: _Same) -> Any:
    """Read the parameters of a definition once."""
    formula = FORMULAS[of.definition.formula]
    return read(formula.parameters, of.definition.parameters, where="parameters.")


@remembered
def _is_blank(table: pd.DataFrame, name: str) -> bool:
    """Tell whether a table has rows, and no value of a column in any."""
    return bool(len(table)) and bool(table[name].isna().all())


def _needed(
    definition: KpiDefinition,
    tables: Tables,
    formula: Formula,
    parameters: Any,
    by: Sequence[str],
) -> Tables:
    """Return only the listings the formula reads."""
    columns = formula.columns(parameters)
    for listing, names in columns.items():
        if listing not in tables:
            raise ListingError(f"{definition.name} needs the listing “{listing}”.", listing=listing)
        for name in (*names, *by):
            if name not in tables[listing].columns:
                raise ListingError(
                    f"{definition.name} needs the column “{name}” in the listing “{listing}”.",
                    listing=listing,
                )
    for listing, filled in formula.filled(parameters).items():
        # Blank throughout is a finding in a table of our own, such as nothing accepted ever.
        for name in () if listing in OWN_TABLES else filled:
            if _is_blank(tables[listing], name):
                raise ListingError(
                    f"{definition.name} needs the column “{name}” in the listing “{listing}”, "
                    "which has no value in any row.",
                    listing=listing,
                )
    return {listing: tables[listing] for listing in columns}
