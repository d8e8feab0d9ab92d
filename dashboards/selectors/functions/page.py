"""The function page: one function, the CROs that hold it side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.findings import plural, status_words
from dashboards.periods import Asked, month_name
from dashboards.selectors.due import applying, files_due, held_by, known
from dashboards.selectors.functions.columns import Column, columns_of, functions_named
from dashboards.selectors.functions.grid import (
    STAFFING,
    Facts,
    Grid,
    by_place,
    grid_of,
    of_function,
    of_staffing,
)
from dashboards.selectors.functions.requisitions import Requisitions, requisitions
from dashboards.selectors.months import Span, span_of
from dashboards.selectors.runs import Reading, readings
from kpis.definitions import in_force
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import RagStatus
from studies.models import Function

# The durations that are drawn as curves: until somebody comes, until they work alone.
CURVES = ("time-to-fill", "time-to-productivity")


@dataclass(frozen=True)
class FunctionPage:
    """The page; `curves` and `requisitions` are by engagement, where there are any."""

    span: Span
    function: Function
    columns: tuple[Column, ...]
    kpis: Grid
    staffing: Grid
    definitions: Mapping[str, KpiDefinition]
    curves: Mapping[str, Mapping[int, Reading]]
    requisitions: Mapping[int, Requisitions]

    @property
    def title(self) -> str:
        """Say the worst figure of the function, and where it is."""
        head = f"{self.function.name}, {month_name(self.span.period)}"
        names = {one.engagement_id: one.name for one in self.columns}
        rows = (*self.kpis.rows, *self.staffing.rows)
        spots = [cell.spot for row in rows for cell in row.cells if not cell.why]
        worst = min(spots, key=lambda spot: spot.severity, default=None)
        if worst is None:
            return head
        words = f"{worst.name[:1].lower()}{worst.name[1:]} is {status_words(worst)}"
        if worst.status not in (RagStatus.RED, RagStatus.AMBER, RagStatus.MISSING):
            return f"{head}: nothing is past a limit"
        words = f"{head}: {words} at {names[worst.engagement_id]}"
        more = sum(spot.status == worst.status for spot in spots) - 1
        return f"{words}; {plural(more, 'more value')} {worst.status}" if more else words


def function_page(user: Any, *, asked: Asked, slug: str) -> FunctionPage | None:
    """Return the page, or None for a function the user cannot see. Nine statements at most."""
    function = functions_named(user, [slug]).get(slug)
    if function is None:
        return None
    span = span_of(user, asked=asked)
    held = held_by(user)
    columns = columns_of(user, [one for one in held if one.function == slug], period=span.period)
    ids = {one.engagement_id for one in columns}
    mine = tuple(one for one in held if one.engagement_id in ids)
    came = known(user, asked=asked, first=span.period, last=span.period)
    every = in_force(span.period)
    chosen = of_function(every.values(), slug)
    found = _found(user, span, ids, [*(one.slug for one in chosen), *STAFFING])
    facts = Facts(
        months=span.months,
        readings=by_place(found),
        due=files_due(asked=asked, period=span.period, held=mine, standings=came),
        applying=applying(mine, period=span.period),
    )
    return FunctionPage(
        span=span,
        function=function,
        columns=columns,
        kpis=grid_of(chosen, columns, facts),
        staffing=grid_of(of_staffing(every), columns, facts),
        definitions=every,
        curves=_curves(user, span, ids),
        requisitions=requisitions(user, asked=asked, period=span.period, engagements=ids),
    )


def _found(user: Any, span: Span, ids: set[int], slugs: Sequence[str]) -> tuple[Reading, ...]:
    """Return the results of whole engagements for the months; one statement."""
    return readings(
        user,
        asked=span.asked,
        first=span.first,
        last=span.period,
        engagement_id__in=ids,
        study_id=None,
        country="",
        definition__slug__in=slugs,
    )


def _curves(user: Any, span: Span, ids: set[int]) -> dict[str, dict[int, Reading]]:
    """Return the results of the month that hold a curve, by KPI and engagement; one statement."""
    found: dict[str, dict[int, Reading]] = {slug: {} for slug in CURVES}
    for one in readings(
        user,
        asked=span.asked,
        first=span.period,
        last=span.period,
        detail=True,
        engagement_id__in=ids,
        study_id=None,
        country="",
        definition__slug__in=CURVES,
    ):
        if one.detail.get("survival") or one.detail.get("censored"):
            found[one.slug][one.engagement_id] = one
    return found
