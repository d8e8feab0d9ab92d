"""A dimension of oversight in one cell: the KPI that decides its colour, and how many hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboards.selectors.deciding import ABSENT, Decision, decisions
from dashboards.selectors.due import Scope
from dashboards.selectors.picture import Picture
from dashboards.selectors.results import decisions_of
from dashboards.spots import SEVERITY, Spot
from kpis.definitions import in_force
from kpis.engine.definition import KpiDefinition
from kpis.engine.reference import DIMENSION_TITLES
from kpis.engine.terms import Dimension, RagStatus


@dataclass(frozen=True)
class DimensionCell:
    """One dimension of a CRO or study. `spot` decides; `within` of `judged` KPIs hold limits."""

    dimension: Dimension
    spot: Spot
    within: int
    judged: int

    @property
    def title(self) -> str:
        """The name of the dimension."""
        return DIMENSION_TITLES[self.dimension]

    @property
    def delegated(self) -> bool:
        """False where none of the dimension's KPIs applies."""
        return self.spot.delegated

    @property
    def held(self) -> str:
        """KPIs within limits of those that have limits: 2/5; empty where none has any."""
        return f"{self.within}/{self.judged}" if self.judged else ""


@dataclass(frozen=True)
class LightCell:
    """A dimension before it is drawn: which KPI of which engagement decides, and how many hold."""

    dimension: Dimension
    definition: KpiDefinition
    engagement_id: int
    within: int = 0
    judged: int = 0


def cells_of(
    shown: Picture, engagement_ids: Sequence[int], study_id: int | None = None
) -> tuple[DimensionCell, ...]:
    """Return a cell for each dimension with a KPI; each KPI by its worst engagement."""
    return drawn(shown, light_cells(shown, engagement_ids, study_id), study_id)


def light_cells(
    shown: Picture, engagement_ids: Sequence[int], study_id: int | None = None
) -> tuple[LightCell, ...]:
    """Return the same without their words: what rows are sorted by, of which few are drawn."""
    scopes: list[Scope] = [(one, study_id) for one in engagement_ids]
    found = decided(shown, scopes)
    return tuple(
        _cell(shown, dimension, known[0], found.get(dimension), scopes)
        for dimension, known in shown.by_dimension.items()
    )


def decided(shown: Picture, scopes: Sequence[Scope]) -> Mapping[Dimension, Decision]:
    """Return what decides each dimension; each KPI by its worst scope."""
    run = shown.results.at(scopes[0], shown.period)
    lights = shown.lights(scopes[0])
    if len(scopes) == 1:
        if lights is run.lights:
            return decisions_of(run, shown.period)
        return decisions(lights, shown.period)
    worst = dict(lights)
    for scope in scopes[1:]:
        for slug, found in shown.lights(scope).items():
            worst[slug] = min(worst.get(slug, ABSENT), found)
    return decisions(worst, shown.period)


def drawn(
    shown: Picture, cells: Iterable[LightCell], study_id: int | None = None
) -> tuple[DimensionCell, ...]:
    """Put the spots that decide into cells."""
    return tuple(
        DimensionCell(
            cell.dimension,
            shown.spot(cell.definition, cell.engagement_id, study_id),
            cell.within,
            cell.judged,
        )
        for cell in cells
    )


def worst_of(found: Mapping[Dimension, Decision]) -> tuple[int, int, int]:
    """Return a sort key: worst colour, then how many have it, then how many are missing."""
    places = [one.weight.place for one in found.values()]
    worst = min(places, default=9)
    return worst, -places.count(worst), -places.count(SEVERITY[RagStatus.MISSING])


def titles_without(shown: Picture) -> str:
    """Name the dimensions for which the catalogue has no KPI yet."""
    return ", ".join(
        DIMENSION_TITLES[one].lower() for one in Dimension if one not in shown.dimensions
    )


def _cell(
    shown: Picture,
    dimension: Dimension,
    first: KpiDefinition,
    found: Decision | None,
    scopes: Sequence[Scope],
) -> LightCell:
    if found is None:
        return LightCell(dimension, first, scopes[0][0])
    whose = next(one for one in scopes if shown.lights(one).get(found.slug) == found.weight)
    definition = in_force(shown.period)[found.slug]
    return LightCell(dimension, definition, whose[0], found.within, found.judged)
