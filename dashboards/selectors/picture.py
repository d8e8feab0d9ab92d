"""What portfolio, CRO and study page are drawn from, in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from dashboards.periods import Asked, months_back
from dashboards.selectors.due import ACCEPTED, Due, Duty, duties, files_due, of
from dashboards.selectors.runs import Reading, earlier_readings, periods_with_results, readings
from dashboards.spots import Spot, spot_of
from kpis.definitions import catalogue
from kpis.engine.definition import KpiDefinition
from studies.models import Engagement

MONTHS_SHOWN = 12


@dataclass(frozen=True)
class EngagementFact:
    """An engagement in plain words."""

    id: int
    name: str
    model: str
    vendor_id: int
    vendor_name: str


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
    readings: tuple[Reading, ...]
    earlier: tuple[Reading, ...]

    @cached_property
    def by_scope(self) -> dict[tuple[str, int, int | None], dict[date, Reading]]:
        """Index the results by KPI, engagement and study, then month."""
        found: dict[tuple[str, int, int | None], dict[date, Reading]] = {}
        for one in self.readings:
            found.setdefault((one.slug, one.engagement_id, one.study_id), {})[one.period] = one
        return found

    @cached_property
    def current(self) -> tuple[Reading, ...]:
        """The results of the period itself."""
        return tuple(one for one in self.readings if one.period == self.period)

    def vendor_of(self, engagement_id: int) -> EngagementFact:
        """Return the engagement's words."""
        return next(one for one in self.engagements if one.id == engagement_id)

    def study_scopes(self) -> list[tuple[int, int, str]]:
        """Return engagement, study and protocol number wherever a KPI is due."""
        return [(one.engagement_id, one.study_id, one.protocol_number) for one in self.due]

    def spot(
        self, definition: KpiDefinition, engagement_id: int, study_id: int | None = None
    ) -> Spot:
        """Return the spot of an engagement, or of one of its studies."""
        due = of(self.due, engagement_ids={engagement_id}, function_slugs=set(definition.functions))
        if study_id is not None:
            due = [one for one in due if one.study_id == study_id]
        return spot_of(
            definition,
            self.by_scope.get((definition.slug, engagement_id, study_id), {}),
            self.months,
            engagement_id=engagement_id,
            study_id=study_id,
            due=due,
        )


def picture(user: Any, *, asked: Asked, detail: bool = False, **engagements: Any) -> Picture | None:
    """Load the picture; `engagements` are conditions on Engagement. None: no engagement at all.

    Six statements at most. Without a period asked for, it is the latest with a result.
    """
    facts = engagement_facts(user, **engagements)
    if not facts:
        return None
    ids = [fact.id for fact in facts]
    periods = periods_with_results(user, asked=asked)
    period = asked.period or (periods[0] if periods else last_month(asked.day))
    months = months_back(period, MONTHS_SHOWN)
    scope: dict[str, Any] = {"engagement_id__in": ids, "country": ""}
    found = readings(user, asked=asked, first=months[0], last=period, detail=detail, **scope)
    earlier = earlier_readings(user, asked=asked, first=months[0], last=period, **scope)
    held = tuple(duty for duty in duties(user) if duty.engagement_id in set(ids))
    accepted = {
        (one.engagement_id, one.study_id)
        for one in found
        if one.period == period and one.study_id is not None
    }
    due = files_due(user, asked=asked, period=period, held=held, accepted=accepted)
    return Picture(
        asked=asked,
        period=period,
        months=months,
        periods=periods,
        definitions=tuple(catalogue().values()),
        engagements=facts,
        duties=held,
        due=due,
        readings=found,
        earlier=earlier,
    )


def engagement_facts(user: Any, **conditions: Any) -> tuple[EngagementFact, ...]:
    """Return the engagements the user sees, by CRO; one statement."""
    rows = Engagement.objects.visible_to(user).filter(**conditions).select_related("vendor")
    return tuple(
        EngagementFact(row.pk, row.name, row.get_model_display(), row.vendor_id, row.vendor.name)
        for row in rows.distinct()
    )


def last_month(day: date) -> date:
    """Return the last month that is over on that day."""
    return months_back(day.replace(day=1), 2)[0]


def files_accepted(due: Sequence[Due]) -> int:
    """Count the files that are there."""
    return sum(one.state == ACCEPTED for one in due)
