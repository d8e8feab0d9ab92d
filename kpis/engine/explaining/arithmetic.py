"""The numbers put into the formula, line by line."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from kpis.engine import cases
from kpis.engine.definition import KpiDefinition
from kpis.engine.duration_parameters import DurationParameters
from kpis.engine.explaining.put import Put
from kpis.engine.explaining.words import equals, exact
from kpis.engine.ratio import RatioParameters, days_below
from kpis.engine.variance import Shape, VarianceParameters
from kpis.engine.wording import outcome_words


def lines_of(definition: KpiDefinition, put: Put) -> tuple[str, ...]:
    """Return the calculation with its numbers, ending with the value as it is shown."""
    found = list(LINES.get(definition.formula, _quotient)(put))
    outcome = put.outcome
    if outcome.value is not None:
        shown = outcome_words(outcome, definition.unit)
        found.append(f"value {equals(outcome.value)}, shown as {shown}")
    return tuple(found)


def _quotient(put: Put) -> Iterator[str]:
    factor = getattr(put.parameters, "factor", 100.0)
    numerator, denominator = put.outcome.numerator, put.outcome.denominator
    if not denominator:
        yield "the denominator is 0, so there is no value"
        return
    times = "" if factor == 1 else f"{exact(factor)} × "
    yield f"{times}{exact(numerator)} / {exact(denominator)}"


def _ratio(put: Put) -> Iterator[str]:
    parameters: RatioParameters = put.parameters
    if parameters.per_day:
        days = days_below(parameters, put.window)
        below = put.steps[0].total
        yield f"{exact(below)} over {days} days: {exact(put.outcome.denominator)} a day"
    yield from _quotient(put)


def _count(put: Put) -> Iterator[str]:
    yield f"{exact(put.outcome.numerator)} in all"


def _variance(put: Put) -> Iterator[str]:
    parameters: VarianceParameters = put.parameters
    listing, kept = put.steps[0].listing, put.steps[0].kept
    actual, baseline = (
        cases.choose(put.tables[listing], one, put.window).weight[kept]
        for one in (parameters.actual, parameters.baseline)
    )
    distance = exact(np.abs(actual - baseline).sum().item())
    if parameters.shape is Shape.SIGNED:
        apart = exact(put.outcome.numerator)
        happened, planned = exact(actual.sum().item()), exact(baseline.sum().item())
        yield f"{happened} happened, {planned} in the baseline: {apart} apart"
    elif parameters.shape is Shape.ABSOLUTE:
        yield f"the distances of the rows from their baselines add up to {distance}"
    else:
        planned = exact(put.outcome.denominator)
        yield (
            f"{planned} in the baseline, less the distances of the rows, {distance}: "
            f"{exact(put.outcome.numerator)}"
        )
    yield from _quotient(put)


def _plain_quotient(put: Put) -> Iterator[str]:
    if not put.outcome.denominator:
        yield "the denominator is 0, so there is no value"
        return
    yield f"{exact(put.outcome.numerator)} / {exact(put.outcome.denominator)}"


def _concentration(put: Put) -> Iterator[str]:
    if put.outcome.denominator:
        whole, squares = exact(put.outcome.denominator), exact(put.outcome.numerator)
        yield f"the squares of the holders' amounts, over the whole of {whole}: {squares}"
    yield from _plain_quotient(put)


def _duration(put: Put) -> Iterator[str]:
    parameters: DurationParameters = put.parameters
    outcome, wanted = put.outcome, f"{100 * parameters.share:g} %"
    ended, cases_seen = exact(outcome.numerator), exact(outcome.denominator)
    yield f"{ended} of {cases_seen} cases ended; the others took longer than what was seen of them"
    if outcome.value is not None:
        yield f"the first time by which {wanted} have ended, by the Kaplan-Meier method"
    elif outcome.lower_bound is not None:
        least = exact(outcome.lower_bound)
        yield f"{wanted} have not ended: known is only that it takes longer than {least}"
    else:
        yield "no case counts, so there is no value"


LINES: Mapping[str, Callable[[Put], Iterator[str]]] = {
    "ratio": _ratio,
    "count": _count,
    "variance": _variance,
    "concentration": _concentration,
    "survey_index": _plain_quotient,
    "duration": _duration,
}
