"""The months of a KPI as lines of a table, newest first. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dashboards.behaviour import behaviour, trailing_of, trailing_value
from dashboards.behaviour_facts import signal_words
from dashboards.panels.panel import months_due
from dashboards.selectors.kpi import KpiView
from dashboards.selectors.runs import Reading
from kpis.engine.wording import value_words


@dataclass(frozen=True)
class MonthLine:
    """One month: its result, or that it is missing and why; three months together; signals."""

    month: date
    reading: Reading | None
    missing: bool
    why: str
    trailing: str
    signal: str


def month_lines(view: KpiView) -> Iterator[MonthLine]:
    """Yield the months on record, newest first."""
    told = behaviour(view)
    for month, reading, missing in reversed(months_due(view)):
        sums = trailing_of(view, month) if reading else None
        yield MonthLine(
            month=month,
            reading=reading,
            missing=missing,
            why=(view.by_month[month].why or "") if month in view.by_month else "",
            trailing="–"
            if sums is None
            else value_words(trailing_value(view, sums), view.definition.unit),
            signal=signal_words(told, month),
        )
