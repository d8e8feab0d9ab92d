"""What portfolio, CRO and study page are drawn from, in a fixed number of statements."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q

from dashboards.periods import Asked, months_back
from dashboards.selectors.due import (
    Due,
    Scope,
    applying,
    files_due,
    held_by,
    known,
)
from dashboards.selectors.runs import (
    Reading,
    as_judged,
    earlier_readings,
    periods_with_results,
    readings,
)
from dashboards.spots import Spot, spot_of
from kpis.definitions import in_force
from kpis.due import Duty, by_study, chosen_for
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import Asked as AskedOf
from kpis.engine.terms import Dimension
from kpis.standing import Standings
from studies.models import Engagement
from vendors.dossier.selectors import newest_assessment, standing_told
from vendors.dossier.standing import Standing

MONTHS_SHOWN = 12


@dataclass(frozen=True)
class EngagementFact:
    """An engagement in plain words; `kind` is the model's value, `model` its name.

    `standing`: whether the CRO is qualified on the day asked about, for the sponsor's people.
    """

    id: int
    name: str
    kind: str
    model: str
    vendor_id: int
    vendor_name: str
    standing: Standing | None = None


@dataclass(frozen=True)
class Picture:
    """Results of the last months, what was due for the last of them, and who holds what."""

    asked: Asked
    period: date
    months: tuple[date, ...]
    periods: tuple[date, ...]
    definitions: tuple[KpiDefinition, ...]
    engagements: tuple[EngagementFact, ...]
    duties: tuple[Duty, ...]
    due: tuple[Due, ...]
    standings: Standings
    readings: tuple[Reading, ...]
    earlier: tuple[Reading, ...]

    @cached_property
    def by_scope(self) -> dict[tuple[str, int, int | None], dict[date, Reading]]:
        """Index the results by KPI, engagement and study, then month."""
        found: dict[tuple[str, int, int | None], dict[date, Reading]] = {}
        for one in self.readings:
            if one.country:
                continue
            found.setdefault((one.slug, one.engagement_id, one.study_id), {})[one.period] = one
        return found

    @cached_property
    def applying(self) -> dict[Scope, frozenset[str]]:
        """The KPIs of the month: of each engagement, and of each study under it."""
        return applying(self.duties, period=self.period)

    @cached_property
    def current(self) -> tuple[Reading, ...]:
        """The results of the period itself, without what is missing."""
        return tuple(one for one in self.readings if one.period == self.period and not one.missing)

    @property
    def countries(self) -> tuple[Reading, ...]:
        """The results of the period by country: of a study's picture only."""
        return tuple(one for one in self.current if one.country)

    @cached_property
    def protocols(self) -> dict[int, str]:
        """The protocol numbers of the studies under the engagements."""
        return {duty.study_id: duty.protocol_number for duty in self.duties}

    def vendor_of(self, engagement_id: int) -> EngagementFact:
        """Return the engagement's words."""
        return next(one for one in self.engagements if one.id == engagement_id)

    def study_scopes(self) -> list[tuple[int, int, str]]:
        """Return engagement, study and protocol number wherever a KPI told by study applies."""
        return [
            (engagement, study, self.protocols[study])
            for engagement, study in self.applying
            if study is not None
        ]

    def definitions_of(self, dimension: Dimension) -> tuple[KpiDefinition, ...]:
        """Return the KPIs of a dimension."""
        return tuple(one for one in self.definitions if one.dimension == dimension)

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions for which the catalogue has a KPI, in their order."""
        return tuple(one for one in Dimension if self.definitions_of(one))

    def narrowest(self, definition: KpiDefinition) -> list[Scope]:
        """Return where a KPI applies: study by study, or engagements where it is not so told."""
        return [
            scope
            for scope, slugs in self.applying.items()
            if definition.slug in slugs and (scope[1] is not None) is by_study(definition)
        ]

    def judged(
        self, definition: KpiDefinition, engagement_id: int, study_id: int | None
    ) -> KpiDefinition:
        """Return the definition with the limits by which the scope's result was judged."""
        found = self.by_scope.get((definition.slug, engagement_id, study_id), {})
        return as_judged(definition, found.get(self.period))

    def spot(
        self, definition: KpiDefinition, engagement_id: int, study_id: int | None = None
    ) -> Spot:
        """Return the spot of an engagement, or of one of its studies."""
        slug, scope = definition.slug, (engagement_id, study_id)
        return spot_of(
            self.judged(definition, engagement_id, study_id),
            self.by_scope.get((slug, *scope), {}),
            self.months,
            engagement_id=engagement_id,
            study_id=study_id,
            applies=slug in self.applying.get(scope, ()),
            due=[one for one in self.due if one.serves(engagement_id, study_id, slug)],
        )


def picture(
    user: Any, *, asked: Asked, study_id: int | None = None, **engagements: Any
) -> Picture | None:
    """Load the picture; `engagements` are conditions on Engagement. None: no engagement at all.

    With `study_id` only what belongs to that study, with the countries of the period and without
    what was restated. Seven statements at most. Without a period asked for, it is the latest with a
    result.
    """
    facts = engagement_facts(user, on=asked.day, **engagements)
    if not facts:
        return None
    ids = {fact.id for fact in facts}
    periods = periods_with_results(user, asked=asked)
    period = asked.period or (periods[0] if periods else last_month(asked.day))
    months = months_back(period, MONTHS_SHOWN)
    scope: dict[str, Any] = {"engagement_id__in": ids}
    places = Q(country="")
    if study_id is not None:
        scope["study_id"] = study_id
        places |= Q(period_start=period)
    span: dict[str, Any] = {"asked": asked, "first": months[0], "last": period}
    held = tuple(duty for duty in held_by(user) if duty.engagement_id in ids)
    came = known(user, **span)
    due = files_due(asked=asked, period=period, held=held, standings=came)
    results = readings(user, places, detail=study_id is not None, **span, **scope)
    return Picture(
        asked=asked,
        period=period,
        months=months,
        periods=periods,
        definitions=_shown(held, {one.slug for one in results}, period),
        engagements=facts,
        duties=tuple(one for one in held if study_id in (None, one.study_id)),
        due=tuple(one for one in due if study_id in (None, one.study_id, *one.entry.due.study_ids)),
        standings=came,
        readings=results,
        earlier=() if study_id is not None else earlier_readings(user, places, **span, **scope),
    )


def _shown(
    held: Iterable[Duty], with_results: Collection[str], period: date
) -> tuple[KpiDefinition, ...]:
    """Return what is asked of everybody, what was chosen and what has results: not the library."""
    slugs = chosen_for(held, period) | frozenset(with_results)
    return tuple(
        one for one in in_force(period).values() if one.asked is AskedOf.ALWAYS or one.slug in slugs
    )


def engagement_facts(
    user: Any, *, on: date | None = None, **conditions: Any
) -> tuple[EngagementFact, ...]:
    """Return the engagements the user sees, by CRO; one statement.

    With a day, how each CRO stands on it as well.
    """
    rows = Engagement.objects.visible_to(user).filter(**conditions).select_related("vendor")
    if on is not None:
        rows = rows.annotate(assessed=newest_assessment(user=user, vendor="vendor", on=on))
    return tuple(
        EngagementFact(
            row.pk,
            row.name,
            row.model,
            row.get_model_display(),
            row.vendor_id,
            row.vendor.name,
            _standing(row, user=user, on=on),
        )
        for row in rows.distinct()
    )


def _standing(row: Any, *, user: Any, on: date | None) -> Standing | None:
    if on is None:
        return None
    return standing_told(row.assessed, user=user, sponsor_id=row.sponsor_id, on=on)


def last_month(day: date) -> date:
    """Return the last month that is over on that day."""
    return months_back(day.replace(day=1), 2)[0]
