"""One result explained: its rows, its arithmetic, its judgement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kpis.engine.definition import KpiDefinition
from kpis.engine.explaining.arithmetic import lines_of
from kpis.engine.explaining.ground import Ground
from kpis.engine.explaining.judging import judgement
from kpis.engine.explaining.put import Put
from kpis.engine.explaining.sieve import Step
from kpis.engine.explaining.steps import STEPS
from kpis.engine.explaining.terms import Terms, terms_of
from kpis.engine.formulas import compute, formula_of, numerator_rows
from kpis.engine.rag import outcome_status
from kpis.engine.shapes import Outcome, Tables, Window
from kpis.engine.terms import RagStatus

NOTHING = Outcome(None, None, None, {})


@dataclass(frozen=True)
class Explanation:
    """How a value comes about.

    `steps` are the denominator's and the numerator's, or one for both; masks are over `tables` as
    they were given. `lines` are the calculation with its numbers, `terms` what a total is made of,
    `judgement` the comparison with minimum and limits. `outcome` and `rag` are computed anew.
    """

    steps: tuple[Step, ...]
    outcome: Outcome
    rag: RagStatus
    lines: tuple[str, ...]
    terms: Terms | None
    judgement: tuple[str, ...]


def explain(
    definition: KpiDefinition,
    tables: Tables,
    *,
    cutoff_date: date,
    period_start: date,
    place: Mapping[str, str] | None = None,
) -> Explanation:
    """Explain the value of all rows or, with `place`, of one unit such as {"country": "FRA"}.

    Raises ListingError as `compute` does.
    """
    window = Window(period_start, cutoff_date)
    place = place or {}
    found = compute(
        definition,
        tables,
        cutoff_date=cutoff_date,
        period_start=period_start,
        by=tuple(place),
    )
    outcome = found.get(tuple(place.values()), NOTHING)
    selection = numerator_rows(
        definition, tables, cutoff_date=cutoff_date, period_start=period_start
    )
    formula, parameters = formula_of(definition)
    steps = STEPS[formula.name](Ground(tables, window, selection, place), parameters)
    put = Put(steps, outcome, tables, window, parameters)
    known = outcome is not NOTHING
    return Explanation(
        steps=steps,
        outcome=outcome,
        rag=outcome_status(outcome, definition),
        lines=lines_of(definition, put) if known else (),
        terms=terms_of(definition, put) if known else None,
        judgement=judgement(definition, outcome),
    )
