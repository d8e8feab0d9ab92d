"""The terms behind a total that is more than a number of rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kpis.engine import cases
from kpis.engine.concentration import ConcentrationParameters
from kpis.engine.definition import KpiDefinition
from kpis.engine.explaining.put import Put
from kpis.engine.explaining.words import exact

MOST_TERMS = 40


@dataclass(frozen=True)
class Terms:
    """A small table of what a value is made of; `more` rows are not in it."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int = 0


def terms_of(definition: KpiDefinition, put: Put) -> Terms | None:
    """Return the terms of a formula that adds up more than rows; None for the others."""
    make = TERMS.get(definition.formula)
    return make(put) if make else None


def _curve(put: Put) -> Terms:
    """Return the steps of the curve down to the value."""
    left: Mapping[str, float] = put.outcome.detail["survival"]  # type: ignore[assignment]  # a set of buckets
    watched: Mapping[str, int] = put.outcome.detail["at_risk"]  # type: ignore[assignment]  # a set of buckets
    last = put.outcome.value
    rows = [
        (exact(float(time)), exact(watched[time]), f"{exact(100 * share)} %")
        for time, share in left.items()
        if last is None or float(time) <= last
    ]
    return _terms(
        "How the share of cases not yet ended falls",
        ("Time", "Cases watched", "Not yet ended"),
        rows[-MOST_TERMS:],
        max(len(rows) - MOST_TERMS, 0),
    )


def _holders(put: Put) -> Terms:
    parameters: ConcentrationParameters = put.parameters
    step = put.steps[0]
    table = put.tables[step.listing]
    weight = cases.choose(table, parameters.amounts, put.window).weight
    amounts = (
        table[parameters.holder][step.kept]
        .to_frame("holder")
        .assign(amount=weight[step.kept])
        .groupby("holder")["amount"]
        .sum()
        .sort_values(ascending=False, kind="stable")
    )
    whole = float(amounts.sum())
    rows = [
        (
            str(holder),
            exact(amount),
            f"{exact(100 * amount / whole)} %",
            exact((amount / whole) ** 2),
        )
        for holder, amount in amounts.items()
    ]
    return _terms(
        "Amount of each holder",
        ("Holder", "Amount", "Share", "Square of the share"),
        rows[:MOST_TERMS],
        max(len(rows) - MOST_TERMS, 0),
    )


def _answers(put: Put) -> Terms:
    steps: Mapping[str, int] = put.outcome.detail["distribution"]  # type: ignore[assignment]  # a set of buckets
    rows = [(step, exact(count), exact(int(step) * count)) for step, count in steps.items()]
    return _terms("Answers by step of the scale", ("Answer", "How often", "Together"), rows)


def _terms(
    title: str, headers: tuple[str, ...], rows: Sequence[tuple[str, ...]], more: int = 0
) -> Terms:
    return Terms(title, headers, tuple(rows), more)


TERMS: Mapping[str, Callable[[Put], Terms]] = {
    "duration": _curve,
    "concentration": _holders,
    "survey_index": _answers,
}
