"""A picture: what portfolio, CRO and study page are drawn from. Nothing here asks the database."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dashboards.periods import Asked
from dashboards.selectors.deciding import Light, light
from dashboards.selectors.due import Due, Scope, applying, month_of
from dashboards.selectors.engagement_facts import EngagementFact
from dashboards.selectors.results import Results, Row
from dashboards.selectors.runs import Reading, as_judged
from dashboards.spots import Spot, absent, spot_at
from kpis.due import Duty, Held, by_study, joined_duties
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import Dimension
from kpis.standing import Standings


@dataclass(frozen=True)
class Picture:
    """Results of the last months, what was due for the last of them, and who holds what.

    Without countries. Of a wide picture (see `picture`) studies have only the last two months.
    """

    asked: Asked
    period: date
    months: tuple[date, ...]
    periods: tuple[date, ...]
    definitions: tuple[KpiDefinition, ...]
    engagements: tuple[EngagementFact, ...]
    holdings: tuple[Held, ...]
    due: tuple[Due, ...]
    standings: Standings
    results: Results
    replaced: Results
    of_study: int | None = None

    @cached_property
    def read(self) -> tuple[Hashable, ...]:
        """Everything that was read: two pictures that read the same show the same."""
        runs = tuple(run.name for results in (self.results, self.replaced) for run in results.runs)
        waived = ((key, *sorted(one.items())) for key, one in self.standings.waived.items())
        came = frozenset(self.standings.came.items())
        facts = (self.asked, self.period, self.periods, self.engagements, self.of_study)
        return (*facts, self.holdings, came, frozenset(waived), runs)

    @property
    def earlier(self) -> tuple[Reading, ...]:
        """The first figures of what was restated in the period; not of a study's picture."""
        return tuple(self.replaced.every())

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """The delegated functions under the engagements; of a study's picture its own."""
        every = joined_duties(self.holdings)
        return tuple(one for one in every if self.of_study in (None, one.study_id))

    @cached_property
    def by_scope(self) -> dict[tuple[str, int, int | None], dict[date, Reading]]:
        """Index the results by KPI, engagement and study, then month."""
        found: dict[tuple[str, int, int | None], dict[date, Reading]] = {}
        for one in self.readings:
            if not one.country:
                found.setdefault((one.slug, one.engagement_id, one.study_id), {})[one.period] = one
        return found

    @cached_property
    def applying(self) -> dict[Scope, frozenset[str]]:
        """The KPIs of the month: of each engagement, and of each study under it."""
        if self.of_study is not None:
            return applying(self.duties, period=self.period)
        months = (month_of(one, self.period).applying for one in self.holdings)
        return {scope: slugs for month in months for scope, slugs in month.items()}

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """All results, oldest first."""
        return tuple(self.results.every())

    @cached_property
    def current(self) -> tuple[Reading, ...]:
        """The results of the period itself, without what is missing."""
        return tuple(one for one in self.readings if one.period == self.period and not one.missing)

    @cached_property
    def protocols(self) -> dict[int, str]:
        """The protocol numbers of the studies under the engagements."""
        return {
            duty.study_id: duty.protocol_number for held in self.holdings for duty in held.duties
        }

    @cached_property
    def facts(self) -> dict[int, EngagementFact]:
        """The engagements by their key."""
        return {one.id: one for one in self.engagements}

    def vendor_of(self, engagement_id: int) -> EngagementFact:
        """Return the engagement's words."""
        return self.facts[engagement_id]

    def study_scopes(self) -> list[tuple[int, int, str]]:
        """Return engagement, study and protocol number wherever a KPI told by study applies."""
        return [
            (engagement, study, self.protocols[study])
            for engagement, study in self.applying
            if study is not None
        ]

    def definitions_of(self, dimension: Dimension) -> tuple[KpiDefinition, ...]:
        """Return the KPIs of a dimension."""
        return self.by_dimension.get(dimension, ())

    @cached_property
    def by_dimension(self) -> dict[Dimension, tuple[KpiDefinition, ...]]:
        """The KPIs by dimension, for dimensions that have one, in their order."""
        found = {one: [d for d in self.definitions if d.dimension == one] for one in Dimension}
        return {one: tuple(held) for one, held in found.items() if held}

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions for which the catalogue has a KPI, in their order."""
        return tuple(self.by_dimension)

    def narrowest(self, definition: KpiDefinition) -> list[Scope]:
        """Return where a KPI applies: study by study, or engagements where it is not so told."""
        told = by_study(definition)
        return [
            scope
            for scope, slugs in self.applying.items()
            if (scope[1] is not None) is told and definition.slug in slugs
        ]

    def judged(
        self, definition: KpiDefinition, engagement_id: int, study_id: int | None
    ) -> KpiDefinition:
        """Return the definition with the limits by which the scope's result was judged."""
        scope = (engagement_id, study_id)
        return as_judged(definition, self.results.reading(definition.slug, scope, self.period))

    @cached_property
    def due_from(self) -> dict[int, tuple[Due, ...]]:
        """What was due by engagement."""
        found: dict[int, list[Due]] = {}
        for one in self.due:
            found.setdefault(one.engagement_id, []).append(one)
        return {engagement: tuple(held) for engagement, held in found.items()}

    def due_for(self, slug: str, scope: Scope) -> list[Due]:
        """Return what the KPI of an engagement, or of one of its studies, needs."""
        return [one for one in self.due_from.get(scope[0], ()) if one.serves(*scope, slug)]

    def lights(self, scope: Scope) -> Mapping[str, Light]:
        """Return what decides between the KPIs of a scope that apply or have a result."""
        found = self.results.at(scope, self.period).lights
        without = self.applying.get(scope, frozenset()) - found.keys()
        if not without:
            return found
        told = {slug: light(absent(self.due_for(slug, scope), True, slug)[0]) for slug in without}
        return {**found, **told}

    @cached_property
    def _rows(self) -> dict[Scope, list[Mapping[str, Row]]]:
        return {}

    def rows_of(self, scope: Scope) -> list[Mapping[str, Row]]:
        """Return the results of a scope by KPI, for each of the months."""
        found = self._rows.get(scope)
        if found is None:
            found = [self.results.at(scope, month).rows for month in self.months]
            self._rows[scope] = found
        return found

    def spot(
        self, definition: KpiDefinition, engagement_id: int, study_id: int | None = None
    ) -> Spot:
        """Return the spot of an engagement, or of one of its studies."""
        slug, scope = definition.slug, (engagement_id, study_id)
        reading = self.results.reading(slug, scope, self.period)
        series = [row.value if (row := rows.get(slug)) else None for rows in self.rows_of(scope)]
        return spot_at(
            as_judged(definition, reading),
            reading,
            before=self.results.reading(slug, scope, self.months[-2]),
            series=tuple(series),
            engagement_id=engagement_id,
            study_id=study_id,
            applies=slug in self.applying.get(scope, ()),
            due=self.due_for(slug, scope),
        )
