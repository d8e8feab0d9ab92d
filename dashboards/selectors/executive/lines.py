"""Figures of the month past a limit, or missing, where each of them is told. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.selectors.due import Scope
from dashboards.selectors.functions.columns import Column
from dashboards.selectors.runs import Reading, as_judged
from dashboards.spots import Spot, spot_of
from kpis.due import by_study
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import RagStatus

SHOWN = 5
PAST = (RagStatus.RED, RagStatus.AMBER, RagStatus.MISSING)

ByScope = Mapping[tuple[str, Scope], Mapping[date, Reading]]


@dataclass(frozen=True)
class Line:
    """One figure: of an engagement, or of a study under it."""

    definition: KpiDefinition
    vendor: str
    vendor_id: int
    study: str
    spot: Spot

    @property
    def past(self) -> bool:
        """True where it is past a limit, or missing."""
        return self.spot.status in PAST


@dataclass(frozen=True)
class Subject:
    """All figures of the month about one subject, the worst first."""

    lines: tuple[Line, ...]

    @property
    def past(self) -> tuple[Line, ...]:
        """Those past a limit, or missing."""
        return tuple(one for one in self.lines if one.past)

    @property
    def shown(self) -> tuple[Line, ...]:
        """The worst of them."""
        return self.past[:SHOWN]

    @property
    def others(self) -> int:
        """How many past a limit have no room."""
        return len(self.past) - len(self.shown)


def index(found: Iterable[Reading]) -> dict[tuple[str, Scope], dict[date, Reading]]:
    """Index results by KPI and scope, then month."""
    places: dict[tuple[str, Scope], dict[date, Reading]] = {}
    for one in found:
        scope = (one.engagement_id, one.study_id)
        places.setdefault((one.slug, scope), {})[one.period] = one
    return places


def subject(
    slugs: Iterable[str],
    found: ByScope,
    *,
    months: Sequence[date],
    definitions: Mapping[str, KpiDefinition],
    columns: Mapping[int, Column],
    protocols: Mapping[int, str],
    whole: bool = False,
) -> Subject:
    """Return the figures of the last of `months` about some KPIs, each where it is told.

    `whole` asks for those of whole engagements instead.
    """
    wanted = set(slugs)
    lines = [
        _line(definitions[slug], scope, by_month, months, columns, protocols)
        for (slug, scope), by_month in found.items()
        if slug in wanted
        and months[-1] in by_month
        and scope[0] in columns
        and (scope[1] is not None) is (not whole and by_study(definitions[slug]))
    ]
    lines.sort(key=lambda one: (one.spot.severity, one.definition.short_name, one.vendor))
    return Subject(tuple(lines))


def _line(
    definition: KpiDefinition,
    scope: Scope,
    by_month: Mapping[date, Reading],
    months: Sequence[date],
    columns: Mapping[int, Column],
    protocols: Mapping[int, str],
) -> Line:
    judged = as_judged(definition, by_month.get(months[-1]))
    engagement, study = scope
    spot = spot_of(judged, by_month, months, engagement_id=engagement, study_id=study)
    column = columns[engagement]
    place = protocols.get(study, "") if study is not None else ""
    return Line(judged, column.vendor, column.vendor_id, place, spot)
