"""In which unit a column's numbers stand: as its title says, or as a person confirmed."""

import re

from kpis.engine.tables import Column

# A share is kept in percent; a sender may write 12 or 0.12.
SHARE_UNITS = (("percent", 1.0), ("fraction of 1", 100.0))


def units_of(column: Column) -> tuple[tuple[str, float], ...]:
    """Return the units in which a sender may give a column, with their factors; () for none.

    Of several spellings of one unit the first is given, and the column's own unit comes first.
    """
    if column.unit is None:
        return SHARE_UNITS if is_share(column) else ()
    by_factor: dict[float, str] = {}
    for unit, factor in column.unit.factors:
        by_factor.setdefault(factor, unit)
    ordered = sorted(by_factor.items(), key=lambda one: one[0] != 1)
    return tuple((unit, factor) for factor, unit in ordered)


def is_share(column: Column) -> bool:
    """Tell whether a column of numbers holds percentages."""
    words = {*column.name.split("_"), *column.title.casefold().split()}
    return column.kind == "number" and bool(words & {"percent", "percentage", "%"})


def unit_said(title: str, column: Column) -> str:
    """Return the one unit that a title names in words of its own: 'Downtime (h)'; else ''."""
    if column.unit is None:
        return ""
    words = re.findall(r"%|[^\W\d_]+", title.casefold())
    told = {factor for unit, factor in column.unit.factors if unit.casefold() in words}
    return next((unit for unit, factor in units_of(column) if told == {factor}), "")


def unit_read(confirmed: str, title: str, column: Column) -> str:
    """Return the unit in which a column is read: as confirmed, as its title says, or its own."""
    own = next((unit for unit, _ in units_of(column)), "")
    return confirmed or unit_said(title, column) or own


def factor_of(unit: str, column: Column) -> float:
    """Return by what a number in `unit` is multiplied to stand in the column's own unit."""
    return dict(units_of(column)).get(unit, 1.0)


def percent_factor(column: Column) -> float:
    """Return by what a number with a percent sign is multiplied, whatever the others' unit."""
    return dict(column.unit.factors).get("%", 1.0) if column.unit else 1.0
