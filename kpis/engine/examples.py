"""Runs the worked examples: what a reader can check by hand, the engine must find."""

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from kpis.engine.definition import Example, KpiDefinition
from kpis.engine.formulas import ListingError, compute, formula_of
from kpis.engine.rag import outcome_status


def failures(definition: KpiDefinition) -> list[str]:
    """Return a sentence for every number of an example that does not come out."""
    return [
        f"example “{example.name}”: {difference}"
        for example in definition.examples
        for difference in _differences(definition, example)
    ]


def tables_of(definition: KpiDefinition, example: Example) -> dict[str, pd.DataFrame]:
    """Return the example's rows as the listings the formula reads.

    A row with the key `times` stands for that many equal rows; a column that a row leaves out is
    empty in it.
    """
    formula, parameters = formula_of(definition)
    return {
        listing: _table(example.rows.get(listing, ()), columns)
        for listing, columns in formula.columns(parameters).items()
    }


def _table(rows: Sequence[Mapping[str, object]], columns: Mapping[str, str]) -> pd.DataFrame:
    repeated = [row for row in rows for _ in range(int(str(row.get("times", "1"))))]
    return pd.DataFrame(
        {
            name: pd.Series([row.get(name) for row in repeated], dtype=dtype)
            for name, dtype in columns.items()
        }
    )


def _differences(definition: KpiDefinition, example: Example) -> list[str]:
    formula, parameters = formula_of(definition)
    known = formula.columns(parameters)
    unread = {
        f"{listing}.{column}"
        for listing, rows in example.rows.items()
        for row in rows
        for column in row
        if column not in {*known.get(listing, ()), "times"}
    }
    if unread:
        return [f"the formula does not read {', '.join(sorted(unread))}"]
    try:
        tables = tables_of(definition, example)
    except (ValueError, TypeError) as error:
        return [f"a row cannot be read: {error}"]
    try:
        outcome = compute(
            definition,
            tables,
            cutoff_date=example.cutoff_date,
            period_start=example.period_start or example.cutoff_date.replace(day=1),
        )[()]
    except ListingError as error:
        return [str(error)]
    found = {
        "numerator": outcome.numerator,
        "denominator": outcome.denominator,
        "value": outcome.value,
    }
    differences = [
        f"{name} is {number}, expected {getattr(example, name)}"
        for name, number in found.items()
        if not _same(number, getattr(example, name))
    ]
    rag = outcome_status(outcome, definition)
    if rag is not example.rag:
        differences.append(f"status is {rag}, expected {example.rag}")
    return differences


def _same(found: float | None, expected: float | None) -> bool:
    if found is None or expected is None:
        return found is expected
    return math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-12)
