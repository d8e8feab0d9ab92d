"""In which unit a column's numbers stand: as its title says, or as a person confirmed."""

import re

from kpis.engine.tables import Column


def unit_said(title: str, column: Column) -> str:
    """Return the unit that a title names in words of its own, such as 'Downtime (h)'; else ''."""
    if column.unit is None:
        return ""
    words = re.findall(r"%|[^\W\d_]+", title.casefold())
    told = [unit for unit, _ in column.unit.factors if unit.casefold() in words]
    return told[0] if told else ""


def factor_of(unit: str, column: Column) -> float:
    """Return by what a number in `unit` is multiplied to stand in the column's own unit."""
    if column.unit is None or not unit:
        return 1.0
    return dict(column.unit.factors).get(unit, 1.0)
