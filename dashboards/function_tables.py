"""The tables of the function page as header and rows of a CSV: whole, figures unrounded."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from dashboards.panels.functions import curves_of
from dashboards.periods import month_key
from dashboards.selectors.functions.grid import Grid
from dashboards.selectors.functions.page import CURVES, FunctionPage

Table = tuple[Sequence[str], list[Sequence[object]]]


def _grid(page: FunctionPage, grid: Grid) -> Table:
    header = ("month", "KPI", "CRO", "engagement", "status", "value", "numerator and denominator")
    return (*header, "note"), [
        (
            *(month_key(page.span.period), row.definition.slug),
            *(column.vendor, column.engagement),
            "" if cell.why else cell.spot.status or "awaited",
            cell.spot.number,
            cell.spot.fraction,
            cell.why or cell.spot.why or cell.spot.note,
        )
        for row in grid.rows
        for column, cell in zip(page.columns, row.cells, strict=True)
    ]


def _requisitions(page: FunctionPage) -> Table:
    header = ("month", "CRO", "engagement", "open at start", "approved", "filled", "cancelled")
    return (*header, "open at end", "longest open in days", "cut-off"), [
        (
            *(month_key(page.span.period), column.vendor, column.engagement),
            *(found.start, found.approved, found.filled, found.cancelled, found.end),
            *(found.oldest, found.cutoff_date),
        )
        for column in page.columns
        if (found := page.requisitions.get(column.engagement_id))
    ]


def _curve(slug: str, page: FunctionPage) -> Table:
    return ("CRO", "day", "share not ended", "last seen open"), [
        (one.name, day, one.curve.left_on(day), one.curve.censored.get(day))
        for one in curves_of(page, slug)
        for day in sorted({*one.curve.survival, *one.curve.censored})
    ]


TABLES: Mapping[str, Callable[[FunctionPage], Table]] = {
    "kpis": lambda page: _grid(page, page.kpis),
    "staffing": lambda page: _grid(page, page.staffing),
    "requisitions": _requisitions,
    **{slug: partial(_curve, slug) for slug in CURVES},
}
