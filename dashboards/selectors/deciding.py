"""Which KPI decides a cell: the worst status, then the largest value. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from dashboards.spots import SEVERITY
from kpis.definitions import in_force
from kpis.engine.terms import Dimension, RagStatus

# "" stands for a file that is awaited.
PLACES = {status.value: place for status, place in SEVERITY.items()} | {"": 5}


class Light(NamedTuple):
    """What decides between KPIs: the place of the status, the value turned round, the status."""

    place: int
    weight: float
    status: str


def light(status: str, value: float | None = None) -> Light:
    """Weigh a status and a value, the worst first."""
    return Light(PLACES[status], -(value or 0.0), status)


class Decision(NamedTuple):
    """Which KPI decides a dimension, and how many of those judged are within limits."""

    weight: Light
    slug: str
    within: int = 0
    judged: int = 0


ABSENT = light(RagStatus.NOT_DELEGATED.value)
UNJUDGED = ("", RagStatus.NOT_DELEGATED, RagStatus.NOT_APPLICABLE)


def decisions(lights: Mapping[str, Light], period: date) -> dict[Dimension, Decision]:
    """Return which KPI decides each dimension; of equals the first one of the catalogue."""
    found: dict[Dimension, Decision] = {}
    for slug, definition in in_force(period).items():
        weight = lights.get(slug)
        if weight is None or weight.place >= ABSENT.place:
            continue
        before = found.get(definition.dimension)
        counts = weight.status not in UNJUDGED
        within = int(weight.status == RagStatus.GREEN)
        if before is None:
            found[definition.dimension] = Decision(weight, slug, within, int(counts))
            continue
        worst = (weight, slug) if weight < before.weight else before[:2]
        found[definition.dimension] = Decision(
            *worst, before.within + within, before.judged + counts
        )
    return found
