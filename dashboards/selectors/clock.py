"""How many days a row has run: the age of an open case, or the time from start to end. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from kpis.engine.definition import KpiDefinition


@dataclass(frozen=True)
class Clock:
    """The column from which days count, and those at which they stop before the cut-off."""

    title: str
    started: str
    ended: tuple[str, ...] = ()


def clock_of(definition: KpiDefinition, listing: str) -> Clock | None:
    """Return the clock of the rows of a listing, None where the KPI measures no time."""
    parameters: Mapping[str, Any] = definition.parameters
    if definition.formula == "stock_ageing":
        return Clock("Age", str(parameters["opened"]))
    if definition.formula == "duration":
        ends = (parameters["ended"], parameters.get("stopped"))
        return Clock("Days", str(parameters["started"]), tuple(end for end in ends if end))
    standing = parameters.get("events", {}).get("standing")
    if standing and parameters["events"]["listing"] == listing:
        return Clock("Age", str(standing["opened"]))
    return None


def days_by(clock: Clock | None, table: pd.DataFrame, cutoffs: Sequence[date]) -> Any:
    """Return the days of each row; None throughout without a clock.

    `cutoffs` are those of the parts; a row's is that of its part.
    """
    if clock is None:
        return None
    until = pd.to_datetime(table["part"].map(dict(enumerate(map(pd.Timestamp, cutoffs)))))
    for column in clock.ended:
        day = table[column].dt.normalize()
        until = until.where(day.isna() | (day > until), day)
    return (until - table[clock.started].dt.normalize()).dt.days
