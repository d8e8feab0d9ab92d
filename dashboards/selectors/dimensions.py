"""A dimension of oversight in one cell: the KPI that decides its colour, and how many hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards.selectors.picture import Picture
from dashboards.spots import SEVERITY, Spot
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


def cells_of(
    shown: Picture, engagement_ids: Sequence[int], study_id: int | None = None
) -> tuple[DimensionCell, ...]:
    """Return a cell for each dimension with a KPI; each KPI by its worst engagement."""
    return tuple(
        _cell(
            dimension,
            [
                min(
                    (shown.spot(one, engagement, study_id) for engagement in engagement_ids),
                    key=lambda spot: spot.severity,
                )
                for one in shown.definitions_of(dimension)
            ],
        )
        for dimension in shown.dimensions
    )


def worst_of(cells: Iterable[DimensionCell]) -> tuple[int, int, int]:
    """Return a sort key: worst colour, then how many have it, then how many are missing."""
    statuses = [cell.spot.severity[0] for cell in cells if cell.delegated]
    worst = min(statuses, default=9)
    return worst, -statuses.count(worst), -statuses.count(SEVERITY[RagStatus.MISSING])


def titles_without(shown: Picture) -> str:
    """Name the dimensions for which the catalogue has no KPI yet."""
    return ", ".join(
        DIMENSION_TITLES[one].lower() for one in Dimension if one not in shown.dimensions
    )


def _cell(dimension: Dimension, spots: Sequence[Spot]) -> DimensionCell:
    judged = [one for one in spots if one.judged]
    return DimensionCell(
        dimension=dimension,
        spot=min(spots, key=lambda spot: spot.severity),
        within=sum(one.status == RagStatus.GREEN for one in judged),
        judged=len(judged),
    )
