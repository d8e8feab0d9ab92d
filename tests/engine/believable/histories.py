"""Histories of a KPI, month by month from January 2025; everything not given is unremarkable."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kpis.engine.believable.history import History, PastMonth
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import Direction, RagStatus
from tests.engine.builders import judged

KPI = judged(Direction.LOWER, 5.0, 10.0)  # in percent


def month(number: int) -> date:
    """Return the first day of that month, 0 for January 2025."""
    return date(2025 + number // 12, number % 12 + 1, 1)


def past(number: int, value: float | None, **more: Any) -> PastMonth:
    """Return a green month; without a value it is missing."""
    rag = RagStatus.MISSING if value is None else RagStatus.GREEN
    return replace(PastMonth(month(number), rag, value), **more)


def history(
    values: Sequence[float | None], *, definition: KpiDefinition = KPI, **more: Any
) -> History:
    """Return a history of these values."""
    months = [past(place, value) for place, value in enumerate(values)]
    return History(definition, months, **more)


def counted(pairs: Sequence[tuple[float, float] | None], **more: Any) -> History:
    """Return a history of these numerators and denominators."""
    months = [
        past(place, None)
        if pair is None
        else past(place, 100 * pair[0] / pair[1], numerator=pair[0], denominator=pair[1])
        for place, pair in enumerate(pairs)
    ]
    return History(KPI, months, **more)
