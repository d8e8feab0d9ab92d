"""Which KPIs an engagement has: those asked of everybody, and those the sponsor chose besides."""

from collections.abc import Collection, Iterable

from kpis.engine.definition import KpiDefinition
from kpis.engine.tables import LISTINGS
from kpis.engine.terms import Asked


def definitions_for(
    catalogue: Iterable[KpiDefinition],
    *,
    engagement_model: str,
    functions: Collection[str],
    chosen: Collection[str],
) -> tuple[KpiDefinition, ...]:
    """Return the definitions that apply, in the catalogue's order.

    `functions` are those delegated to the engagement, `chosen` the slugs the sponsor chose for it.
    A chosen KPI of a function that was not delegated does not apply.
    """
    return tuple(
        definition
        for definition in catalogue
        if (definition.asked is Asked.ALWAYS or definition.slug in chosen)
        and any(
            definition.applies_to(function=function, engagement_model=engagement_model)
            for function in functions
        )
    )


def fed_by_cro(definition: KpiDefinition) -> bool:
    """Tell whether a CRO has to send something for it."""
    return any(name in LISTINGS for name in definition.listings)
