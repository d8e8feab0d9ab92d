"""From a value, its denominator and the definition to a status.

A limit is where the worse colour begins *beyond* it: with amber 5 and red 10, 5 is still green, 10
is still amber, anything over 10 is red. Otherwise a KPI whose limit is the best possible value (100
% of expedited reports on time, no critical finding) could never be green. Nothing is rounded before
the comparison. The statuses that need more than a value (missing, unavailable, not applicable by
scope, not delegated) are given by the floors that know about it.
"""

import math

from kpis.engine.definition import KpiDefinition, Limit
from kpis.engine.shapes import Outcome
from kpis.engine.terms import Direction, RagStatus

__all__ = ["RagStatus", "outcome_status", "rag_status"]


def outcome_status(outcome: Outcome, definition: KpiDefinition) -> RagStatus:
    """Return the status of an outcome, also of one that has a lower bound instead of a value.

    Where lower is better, a value known to lie above the red limit is red, and one known to lie
    above the amber limit is amber at least: many stuck cases are bad news, not too little data. A
    bound never earns green: below the limits nothing is known, and the status is INSUFFICIENT.
    """
    bound = outcome.lower_bound
    if outcome.value is not None or bound is None or definition.direction is not Direction.LOWER:
        return rag_status(
            value=outcome.value, denominator=outcome.denominator, definition=definition
        )
    status = rag_status(value=bound, denominator=outcome.denominator, definition=definition)
    return RagStatus.INSUFFICIENT if status is RagStatus.GREEN else status


def rag_status(
    *, value: float | None, denominator: float | None, definition: KpiDefinition
) -> RagStatus:
    """Return the status of a computed value.

    INSUFFICIENT without a value or with a denominator below the minimum; NOT_APPLICABLE where the
    definition sets no limits, so that no colour applies.
    """
    if value is None or math.isnan(value) or denominator is None:
        return RagStatus.INSUFFICIENT
    if denominator < definition.minimum.denominator:
        return RagStatus.INSUFFICIENT
    if definition.limits is None:
        return RagStatus.NOT_APPLICABLE
    if _beyond(value, definition.limits.red, definition.direction):
        return RagStatus.RED
    if _beyond(value, definition.limits.amber, definition.direction):
        return RagStatus.AMBER
    return RagStatus.GREEN


def _beyond(value: float, limit: Limit, direction: Direction) -> bool:
    if isinstance(limit, tuple):
        return value < limit[0] or value > limit[1]
    return value > limit if direction is Direction.LOWER else value < limit
