"""All functions that CROs hold: a row per function, a cell per CRO with the KPI that is worst."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.periods import Asked
from dashboards.selectors.due import applying, files_due, held_by, known
from dashboards.selectors.functions.columns import Column, columns_of, functions_named
from dashboards.selectors.functions.grid import Facts, by_place, grid_of, of_function
from dashboards.selectors.months import Span, span_of
from dashboards.selectors.runs import readings
from dashboards.spots import Spot
from kpis.definitions import in_force
from kpis.due import Duty
from kpis.engine.terms import RagStatus
from studies.models import Function


@dataclass(frozen=True)
class OverviewCell:
    """One function at one engagement: the KPI that decides, None where none is asked for."""

    held: bool
    spot: Spot | None
    within: int
    judged: int


@dataclass(frozen=True)
class OverviewRow:
    """One function; `studies` counts those on which a CRO holds it."""

    function: Function
    studies: int
    cells: tuple[OverviewCell, ...]

    @property
    def severity(self) -> tuple[int, float]:
        """Sort key: the worst of its cells first."""
        return min((one.spot.severity for one in self.cells if one.spot), default=(9, 0.0))


@dataclass(frozen=True)
class Overview:
    """The page; a column per engagement that holds any function."""

    span: Span
    columns: tuple[Column, ...]
    rows: tuple[OverviewRow, ...]


def overview(user: Any, *, asked: Asked) -> Overview:
    """Return the functions held in the month, the worst first; seven statements."""
    span = span_of(user, asked=asked)
    held = [one for one in held_by(user) if one.covers(span.period)]
    columns = columns_of(user, held, period=span.period)
    came = known(user, asked=asked, first=span.period, last=span.period)
    found = readings(
        user,
        asked=asked,
        first=span.months[-2],
        last=span.period,
        study_id=None,
        country="",
    )
    facts = Facts(
        months=span.months,
        readings=by_place(found),
        due=files_due(asked=asked, period=span.period, held=held, standings=came),
        applying=applying(held, period=span.period),
    )
    names = functions_named(user, {one.function for one in held})
    rows = [_row(span, function, columns, held, facts) for function in names.values()]
    rows.sort(key=lambda row: (row.severity, row.function.name))
    return Overview(span, columns, tuple(rows))


def _row(
    span: Span,
    function: Function,
    columns: Sequence[Column],
    held: Sequence[Duty],
    facts: Facts,
) -> OverviewRow:
    mine = [one for one in held if one.function == function.slug]
    holders = {one.engagement_id for one in mine}
    theirs = [one for one in columns if one.engagement_id in holders]
    grid = grid_of(of_function(in_force(span.period).values(), function.slug), theirs, facts)
    spots: dict[int, list[Spot]] = {one.engagement_id: [] for one in theirs}
    for row in grid.rows:
        for cell in row.cells:
            if not cell.why:
                spots[cell.spot.engagement_id].append(cell.spot)
    return OverviewRow(
        function=function,
        studies=len({one.study_id for one in mine}),
        cells=tuple(_cell(spots.get(one.engagement_id)) for one in columns),
    )


def _cell(spots: Sequence[Spot] | None) -> OverviewCell:
    judged = [one for one in spots or () if one.judged]
    return OverviewCell(
        held=spots is not None,
        spot=min(spots, key=lambda spot: spot.severity) if spots else None,
        within=sum(one.status == RagStatus.GREEN for one in judged),
        judged=len(judged),
    )
