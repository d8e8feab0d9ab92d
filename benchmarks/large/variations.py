"""What results of a KPI look like: a worked example computed by the engine, then varied.

Sixty-four variations a KPI, best first: most within limits, some past amber, few past red, one with
too few cases. Each is told as the text that PostgreSQL's COPY takes.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

from kpis.definitions import CATALOGUE_FOLDER
from kpis.engine.catalogue import load_catalogue
from kpis.engine.definition import KpiDefinition, Limit
from kpis.engine.examples import tables_of
from kpis.engine.formulas import compute
from kpis.engine.rag import rag_status
from kpis.engine.shapes import Outcome
from kpis.engine.statistics.chart_choice import adds_up, scale_of
from kpis.engine.terms import Direction

COUNT = 64
WITHIN, PAST_AMBER = 55, 60
CHOSEN = (
    "action-on-time-closure",
    "budget-burn",
    "capa-on-time",
    "change-order-cycle",
    "clean-participant-rate",
    "data-entry-lag",
    "deliverable-on-time",
    "deviation-closure-on-time",
    "enrolment-vs-plan",
    "first-time-quality",
    "key-staff-continuity",
    "milestone-adherence",
    "pages-entered-on-time",
    "sae-reporting-on-time",
    "site-activation-cycle",
    "staff-turnover",
    "system-uptime",
    "tmf-completeness",
    "tmf-quality",
    "tmf-timeliness",
    "training-compliance",
    "transfer-success",
    "utilisation",
    "visit-report-submitted",
    "visits-on-schedule",
)


@dataclass(frozen=True)
class Variation:
    """One result: its figures, status and further figures as JSON."""

    numerator: float | None
    denominator: float | None
    value: float | None
    rag: str
    detail: str

    @cached_property
    def copied(self) -> str:
        """The columns numerator to detail as COPY takes them; no agreed limits."""
        figures = (self.numerator, self.denominator, self.value)
        known = ("\\N" if one is None else repr(one) for one in figures)
        detail = self.detail.replace("\\", "\\\\")
        return "\t".join((*known, self.rag, "\\N", detail))


def variations() -> dict[str, tuple[Variation, ...]]:
    """Return the variations of each KPI that has a worked example with a value."""
    found = {}
    for slug, definition in load_catalogue(CATALOGUE_FOLDER, with_examples=True).items():
        example = _example(definition)
        if example is not None:
            random = Random(slug)  # noqa: S311 - made-up figures, the same every time
            found[slug] = tuple(_vary(definition, example, random, n) for n in range(COUNT))
    return found


def _example(definition: KpiDefinition) -> Outcome | None:
    """Compute the worked examples; the one with most cases that has a value."""
    outcomes = [
        compute(
            definition,
            tables_of(definition, example),
            cutoff_date=example.cutoff_date,
            period_start=example.period_start or example.cutoff_date.replace(day=1),
        )[()]
        for example in definition.examples
    ]
    known = [one for one in outcomes if one.value is not None and one.denominator]
    return max(known, key=lambda one: one.denominator or 0.0, default=None)


def _vary(definition: KpiDefinition, example: Outcome, random: Random, place: int) -> Variation:
    value = _value(definition, example, random, place)
    cases = float(round(definition.minimum_denominator * random.uniform(1.5, 12) + 1))
    if place == COUNT - 1 and definition.minimum_denominator > 1:
        cases = float(definition.minimum_denominator // 2)
    numerator = example.numerator
    if adds_up(definition):
        numerator = float(round(value * cases / scale_of(definition)))
        value = scale_of(definition) * numerator / cases
    elif numerator is not None:
        numerator = float(round(cases * 0.8))
    times = cases / float(example.denominator or 1)
    status = rag_status(value=value, denominator=cases, definition=definition)
    return Variation(
        numerator, cases, value, status.value, json.dumps(_scaled(example.detail, times))
    )


def _value(definition: KpiDefinition, example: Outcome, random: Random, place: int) -> float:
    """A value within limits, past amber or past red by its place; around the example without."""
    limits = definition.limits
    if limits is None:
        return float(example.value or 0.0) * random.uniform(0.5, 1.5)
    share = random.uniform(0.05, 0.95)
    amber, red = limits.amber, limits.red
    if isinstance(amber, tuple) and isinstance(red, tuple):
        return _in_band(amber, red, share, place)
    low, high = float(str(amber)), float(str(red))
    if place < WITHIN:
        best = 0.3 * low if definition.direction is Direction.LOWER else _best(low)
        return low + (best - low) * share
    if place < PAST_AMBER:
        return low + (high - low) * share
    return high + (high - low) * (0.2 + share)


def _best(amber: float) -> float:
    return 100.0 if amber <= 100 else amber * 1.1


def _in_band(amber: Limit, red: Limit, share: float, place: int) -> float:
    (low, high), (_, far) = amber, red  # type: ignore[misc]  # both are pairs
    if place < WITHIN:
        return low + (high - low) * share
    return high + (far - high) * share if place < PAST_AMBER else far * (1.02 + share / 10)


def _scaled(detail: Any, times: float) -> Any:
    """Multiply counts, leave shares and ages: further figures of the same shape."""
    if isinstance(detail, dict):
        return {name: _scaled(figure, times) for name, figure in detail.items()}
    return round(detail * times) if type(detail) is int else detail
