"""What a KPI must find in the listings to have a value at all. Knows nothing of what was sent."""

from collections.abc import Mapping

from kpis.engine.definition import KpiDefinition
from kpis.engine.formulas import formula_of


def needs(definition: KpiDefinition) -> Mapping[str, tuple[str, ...]]:
    """Return listing → columns of it that must have a value in some row, if it has rows."""
    formula, parameters = formula_of(definition)
    filled = formula.filled(parameters)
    return {
        listing: tuple(dict.fromkeys(filled.get(listing, ())))
        for listing in formula.columns(parameters)
    }
