"""What every panel of a KPI page has, and the addresses in its scope."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.links import address
from dashboards.selectors.kpi import KpiView
from dashboards.selectors.runs import Reading
from oversight.look.tables import Cell, Column


@dataclass(frozen=True)
class Panel:
    """What `_chart.html` wants of one chart. `name` is its part of the address."""

    name: str
    title: str
    summary: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | str, ...], ...]
    subtitle: str = ""
    note: str = ""

    @property
    def figure_id(self) -> str:
        """The id under which a page holds the figure itself, where it is not fetched."""
        return f"{self.name}-figure"


def page_address(view: KpiView, name: str, *args: Any, **query: Any) -> str:
    """Return an address in the scope, period and day of the view."""
    asked: dict[str, Any] = {"period": view.period, "known": view.asked.known}
    return address(name, *args, **(view.scope.query | asked | query))


def months_due(view: KpiView) -> list[tuple[date, Reading | None, bool]]:
    """Return each month from the first on record: its result, and whether one is missing."""
    first = min((m for m in view.months if m in view.by_month), default=view.period)
    return [
        _month(view, month, view.by_month.get(month)) for month in view.months if month >= first
    ]


def capital(words: str) -> str:
    """Begin with a capital letter."""
    return words[:1].upper() + words[1:]


def _month(view: KpiView, month: date, stored: Reading | None) -> tuple[date, Reading | None, bool]:
    if stored is not None:
        return month, None if stored.missing else stored, stored.missing
    return month, None, month in view.overdue_months
