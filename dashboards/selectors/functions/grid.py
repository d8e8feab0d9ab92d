"""KPIs side by side: a row per KPI, a cell per engagement, and what nobody is asked for. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.selectors.due import Due, Scope
from dashboards.selectors.functions.columns import Column
from dashboards.selectors.runs import Reading, as_judged
from dashboards.spots import Spot, spot_of
from kpis.engine.definition import ANY_FUNCTION, KpiDefinition
from kpis.engine.wording import limits_words

# The people of a function: how fast they come, how busy they are, how long they stay.
STAFFING = (
    "time-to-fill",
    "on-time-fill",
    "fte-delivery",
    "utilisation",
    "staff-turnover",
    "time-to-productivity",
    "key-staff-continuity",
    "cross-training-depth",
    "handover-completeness",
    "training-compliance",
)


@dataclass(frozen=True)
class SideCell:
    """One KPI of one engagement; `why` says in a few words why it is not asked for there."""

    definition: KpiDefinition
    spot: Spot
    why: str = ""


@dataclass(frozen=True)
class SideRow:
    """One KPI over the engagements; `limits` is what is asked for."""

    definition: KpiDefinition
    limits: str
    cells: tuple[SideCell, ...]

    @property
    def severity(self) -> tuple[int, float]:
        """Sort key: the worst of its cells first."""
        return min((one.spot.severity for one in self.cells if not one.why), default=(9, 0.0))


@dataclass(frozen=True)
class Grid:
    """`rows` are the KPIs asked for somewhere, worst first; `unasked` those asked for nowhere."""

    rows: tuple[SideRow, ...]
    unasked: tuple[KpiDefinition, ...]


@dataclass(frozen=True)
class Facts:
    """What the cells are made of: results, what was due, what applies."""

    months: Sequence[date]
    readings: Mapping[tuple[str, int], Mapping[date, Reading]]
    due: Sequence[Due]
    applying: Mapping[Scope, frozenset[str]]

    def asked(self, slug: str, engagement_id: int) -> bool:
        """Tell whether the KPI is asked for there, or has a result of the month."""
        applies = slug in self.applying.get((engagement_id, None), ())
        return applies or self.months[-1] in self.readings.get((slug, engagement_id), {})


def by_place(found: Iterable[Reading]) -> dict[tuple[str, int], dict[date, Reading]]:
    """Index the results of whole engagements by KPI and engagement, then month."""
    places: dict[tuple[str, int], dict[date, Reading]] = {}
    for one in found:
        places.setdefault((one.slug, one.engagement_id), {})[one.period] = one
    return places


def grid_of(definitions: Iterable[KpiDefinition], columns: Sequence[Column], facts: Facts) -> Grid:
    """Return the grid of some KPIs."""
    rows, unasked = [], []
    for one in definitions:
        if any(facts.asked(one.slug, column.engagement_id) for column in columns):
            cells = tuple(_cell(one, column, facts) for column in columns)
            rows.append(SideRow(one, limits_words(one).get("green", ""), cells))
        elif any(_could(one, column) for column in columns):
            unasked.append(one)
    rows.sort(key=lambda row: (row.severity, row.definition.short_name))
    return Grid(tuple(rows), tuple(unasked))


def of_function(definitions: Iterable[KpiDefinition], slug: str) -> tuple[KpiDefinition, ...]:
    """Return the KPIs that name the function; those of any function say nothing of it."""
    return tuple(one for one in definitions if slug in one.functions)


def of_staffing(definitions: Mapping[str, KpiDefinition]) -> tuple[KpiDefinition, ...]:
    """Return the KPIs about people, in their order."""
    return tuple(definitions[slug] for slug in STAFFING)


def _cell(definition: KpiDefinition, column: Column, facts: Facts) -> SideCell:
    engagement = column.engagement_id
    by_month = facts.readings.get((definition.slug, engagement), {})
    judged = as_judged(definition, by_month.get(facts.months[-1]))
    asked = facts.asked(definition.slug, engagement)
    spot = spot_of(
        judged,
        by_month,
        facts.months,
        engagement_id=engagement,
        applies=asked,
        due=[one for one in facts.due if one.serves(engagement, None, definition.slug)],
    )
    return SideCell(judged, spot, "" if asked else _why(definition, column))


def _could(definition: KpiDefinition, column: Column) -> bool:
    return not definition.engagement_models or column.model in definition.engagement_models


def _why(definition: KpiDefinition, column: Column) -> str:
    if not _could(definition, column):
        names = ["FSP" if one == "fsp" else str(one) for one in definition.engagement_models]
        return f"for {' and '.join(names)} only"
    return "not asked for" if ANY_FUNCTION in definition.functions else "not chosen"
