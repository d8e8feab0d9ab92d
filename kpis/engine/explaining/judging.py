"""Value, minimum and limits compared, in sentences."""

from collections.abc import Iterator

from kpis.engine.definition import KpiDefinition
from kpis.engine.explaining.words import exact
from kpis.engine.rag import outcome_status
from kpis.engine.shapes import Outcome
from kpis.engine.terms import RagStatus
from kpis.engine.wording import SUFFIXES, limits_words


def judgement(definition: KpiDefinition, outcome: Outcome) -> tuple[str, ...]:
    """Return what was compared with what, and which colour follows; nothing is rounded before."""
    return tuple(_sentences(definition, outcome))


def _sentences(definition: KpiDefinition, outcome: Outcome) -> Iterator[str]:
    status = outcome_status(outcome, definition)
    least = definition.minimum.denominator
    denominator = outcome.denominator or 0
    if denominator < least:
        yield f"The denominator of {exact(denominator)} is under {least}, the least that is judged."
        return
    yield f"The denominator of {exact(denominator)} is at least {least}, so it is judged."
    if outcome.value is None and outcome.lower_bound is None:
        yield "There is no value to compare."
        return
    known = outcome.lower_bound if outcome.value is None else outcome.value
    value = f"{exact(known)}{SUFFIXES[definition.unit]}"
    value = f"More than {value}" if outcome.value is None else value
    limits = limits_words(definition)
    if not limits:
        yield f"{value}: this KPI has no limits, so it has no colour."
    elif status is RagStatus.RED:
        yield f"{value} is {limits['red']}, the red limit."
    elif status is RagStatus.AMBER:
        amber, red = limits["amber"], limits["red"]
        yield f"{value} is {amber}, the amber limit, and not {red}, the red one."
    elif status is RagStatus.GREEN:
        yield f"{value} is within the limits: {limits['green']}."
    else:
        yield f"{value} may still lie on either side of the limits, so it has no colour."
