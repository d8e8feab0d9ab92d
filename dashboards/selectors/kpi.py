"""One KPI in one scope: its months, sites, countries, definition, and the oldest rows behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from dashboards.periods import Asked, months_back
from dashboards.selectors.countries import countries_of, kpi_and_more
from dashboards.selectors.due import (
    Due,
    applying,
    due_by_month,
    held_by,
    known,
    overdue_months,
)
from dashboards.selectors.picture import last_month
from dashboards.selectors.replaced import earlier_readings
from dashboards.selectors.runs import Reading, as_judged, readings
from dashboards.selectors.scope import Scope, definition_used, find_scope
from dashboards.selectors.sites import SiteReading, opened, site_readings
from dashboards.selectors.sources import Part, StudyRun, parts_of, study_runs
from dashboards.spots import Spot, spot_of
from kpis.definitions import catalogue, in_force
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import Level

MONTHS_SHOWN = 24
EVER = date(1900, 1, 1)


@dataclass(frozen=True)
class KpiView:
    """All that the KPI page, its charts and its exports are made from.

    `partner` are the months of the balancing KPI in the same scope.
    """

    asked: Asked
    period: date
    months: tuple[date, ...]
    periods: tuple[date, ...]
    scope: Scope
    definition: KpiDefinition
    by_month: Mapping[date, Reading]
    earlier: Mapping[date, Reading]
    partner: Mapping[date, Reading]
    overdue_months: frozenset[date]
    due: tuple[Due, ...]
    spot: Spot
    countries: tuple[tuple[Spot, Reading], ...]
    runs: tuple[StudyRun, ...]
    parts: tuple[Part, ...]

    @property
    def stored(self) -> Reading | None:
        """What stands on record for the period: a result, or that it is missing."""
        return self.by_month.get(self.period)

    @property
    def reading(self) -> Reading | None:
        """The result of the period, where there is one."""
        return None if self.stored is None or self.stored.missing else self.stored

    @property
    def by_site(self) -> bool:
        """True where the KPI is told by site in this scope."""
        return Level.SITE in self.definition.grain

    @property
    def of_study(self) -> bool:
        """True for the scope of one study."""
        return self.scope.study_id is not None

    @cached_property
    def sites(self) -> tuple[SiteReading, ...]:
        """The sites, worst first; opened when a page asks for them."""
        return site_readings(self.definition, opened(self.runs), country=self.scope.country)


def kpi_view(
    user: Any,
    *,
    asked: Asked,
    slug: str,
    engagement_id: int,
    study_id: int | None = None,
    country: str = "",
) -> KpiView | None:
    """Return the view, or None where the scope is not the user's to see. Ten statements at most.

    KeyError for a KPI that the catalogue does not have. A country is known by its results.
    """
    definition_used(slug, None)
    held = held_by(user)
    scope = find_scope(
        user, held=held, engagement_id=engagement_id, study_id=study_id, country=country
    )
    if scope is None:
        return None
    where: dict[str, Any] = {
        "definition__slug": slug,
        "engagement_id": engagement_id,
        "study_id": study_id,
        "country": country,
    }
    last = asked.period or date.max
    partner_slug = catalogue()[slug].balancing
    every = readings(
        user,
        kpi_and_more(user, asked=asked, partner_slug=partner_slug, where=where),
        asked=asked,
        first=EVER,
        last=date.max,
        detail=True,
        engagement_id=engagement_id,
        study_id=study_id,
    )
    found = [one for one in every if (one.slug, one.country) == (slug, country)]
    if country and not found:
        return None
    periods = tuple(sorted({one.period for one in found}, reverse=True))
    period = asked.period or (periods[0] if periods else last_month(asked.day))
    by_month = {one.period: one for one in found if one.period <= last}
    stored = by_month.get(period)
    used = definition_used(slug, stored.version) if stored else in_force(period)[slug]
    definition = as_judged(used, stored)
    months = months_back(period, MONTHS_SHOWN)
    mine = [duty for duty in held if duty.engagement_id == engagement_id]
    due_months = frozenset(
        month
        for month in months
        if slug in applying(mine, period=month).get((engagement_id, study_id), ())
    )
    came = known(user, asked=asked, first=months[0], last=period)
    due = due_by_month(mine, came, months, asked, (engagement_id, study_id, slug))
    runs = study_runs(
        user,
        asked=asked,
        first=period,
        last=period,
        engagement_id=engagement_id,
        study_id=study_id,
    )
    return KpiView(
        asked=asked,
        period=period,
        months=months,
        periods=periods,
        scope=scope,
        definition=definition,
        by_month=by_month,
        earlier=_earlier(user, asked, months, by_month, where),
        overdue_months=overdue_months(due, slug),
        due=due[period],
        spot=spot_of(
            definition,
            by_month,
            months,
            engagement_id=engagement_id,
            study_id=study_id,
            applies=period in due_months,
            due=due[period],
        ),
        countries=countries_of(
            definition, [one for one in every if one.slug == slug and one.country], months, where
        ),
        partner={one.period: one for one in every if one.slug == partner_slug},
        runs=runs,
        parts=parts_of(
            user,
            period=period,
            computed_at=stored.computed_at if stored else None,
            engagement_id=engagement_id,
            run=runs[0] if study_id is not None and runs else None,
        )
        if study_id is None or runs
        else (),
    )


def _earlier(
    user: Any,
    asked: Asked,
    months: tuple[date, ...],
    by_month: Mapping[date, Reading],
    where: dict[str, Any],
) -> dict[date, Reading]:
    """Return the first figure of each month that a restatement moved."""
    old = earlier_readings(user, asked=asked, first=months[0], last=months[-1], **where)
    return {one.period: one for one in old if _moved(one, by_month.get(one.period))}


def _moved(old: Reading, now: Reading | None) -> bool:
    figures = (old.rag, old.value, old.numerator, old.denominator)
    return now is None or figures != (now.rag, now.value, now.numerator, now.denominator)
