"""From a KPI's results over the months to its chart, in pictures and in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from inspection.pack.drawing import Line, Point, trend_svg
from inspection.pack.rows import ResultRow
from kpis.engine.terms import RagStatus, Unit
from kpis.engine.wording import value_words
from oversight.look.marks import mark_of
from oversight.look.times import month_text

STORED = {mark_of(rag.value).name: rag.value for rag in RagStatus}
UNITS = {
    Unit.PERCENT: "%",
    Unit.DAYS: "days",
    Unit.HOURS: "hours",
    Unit.PER_100: "per 100",
    Unit.COUNT: "number",
    Unit.RATIO: "ratio",
    Unit.SCORE: "score",
    Unit.CURRENCY: "currency",
    Unit.KILOGRAMS: "kg",
}


@dataclass(frozen=True)
class Chart:
    """A drawn series; `words` is what a reader is told who does not see it."""

    svg: str
    unit: str
    words: str


def chart_of(rows: Sequence[ResultRow], content: dict[str, Any], *, first: date) -> Chart:
    """Draw the results of one KPI and scope, in order of their months, from `first` on.

    `content` is the newest definition used, whose limits are drawn. Months without a result stay
    empty.
    """
    by_month = {row.period_start: row for row in rows}
    months = _months(max(first, rows[0].period_start), rows[-1].period_start)
    points = [_point(month, by_month.get(month)) for month in months]
    unit = Unit(content["unit"])
    said = "; ".join(
        f"{month_text(row.period_start)} {value_words(row.value, unit)} {row.rag}" for row in rows
    )
    return Chart(
        svg=trend_svg(points, _lines(content)),
        unit=UNITS.get(unit, unit.value),
        words=f"{rows[-1].kpi}: {said}.",
    )


def _point(month: date, row: ResultRow | None) -> Point:
    if row is None:
        return Point(month, None, "")
    return Point(month, row.value, STORED[row.rag])


def _months(first: date, last: date) -> list[date]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(start, end + 1)]


def _lines(content: dict[str, Any]) -> list[Line]:
    limits = content.get("limits") or {}
    found = []
    for rag in ("amber", "red"):
        limit = limits.get(rag)
        heights = limit if isinstance(limit, list) else [limit]
        found += [Line(float(height), rag) for height in heights if height is not None]
    return found
