"""One site: each KPI that its study's CROs report, month by month."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.periods import Asked, month_name, months_back
from dashboards.selectors.due import duties
from dashboards.selectors.picture import engagement_facts, last_month
from dashboards.selectors.runs import periods_with_results
from dashboards.selectors.scope import Scope
from dashboards.selectors.sites import SiteReading, site_readings
from dashboards.selectors.sources import Source, sources_of, study_runs
from kpis.definitions import catalogue
from kpis.engine.definition import KpiDefinition
from studies.models import Site, Study

MONTHS_SHOWN = 12


@dataclass(frozen=True)
class SiteKpi:
    """One KPI of one engagement at the site; months without the site have no reading."""

    scope: Scope
    definition: KpiDefinition
    now: SiteReading | None
    months: tuple[tuple[date, SiteReading | None], ...]
    sources: tuple[Source, ...]

    @property
    def series(self) -> tuple[float | None, ...]:
        """The values, oldest first."""
        return tuple(one.number if one else None for _, one in self.months)


@dataclass(frozen=True)
class SitePage:
    """The page; `title` is the finding."""

    study_id: int
    protocol_number: str
    number: str
    words: str
    title: str
    period: date
    periods: tuple[date, ...]
    kpis: tuple[SiteKpi, ...]


def site_page(user: Any, *, asked: Asked, study_id: int, number: str) -> SitePage | None:
    """Return the page, or None for a study or a site that the user cannot see."""
    study: Any = Study.objects.visible_to(user).filter(pk=study_id).first()
    if study is None or not number:
        return None
    site: Any = Site.objects.visible_to(user).filter(study=study_id, number=number).first()
    periods = periods_with_results(user, asked=asked)
    period = asked.period or (periods[0] if periods else last_month(asked.day))
    months = months_back(period, MONTHS_SHOWN)
    held = {duty.engagement_id for duty in duties(user) if duty.study_id == study_id}
    facts = {fact.id: fact for fact in engagement_facts(user)}
    tables = study_runs(user, asked=asked, first=months[0], last=period, study_id=study_id)
    sources = sources_of(user, asked=asked, period=period, study_id=study_id)
    engagements = sorted((held | {one.engagement_id for one in tables}) & set(facts))
    kpis = []
    for engagement_id in engagements:
        scope = Scope(facts[engagement_id], study_id, study.protocol_number)
        own = tuple(one for one in sources if one.engagement_id == engagement_id)
        mine = {one.period: one for one in tables if one.engagement_id == engagement_id}
        for definition in catalogue().values():
            line = tuple((m, _at(definition, mine.get(m), number)) for m in months)
            kpis.append(SiteKpi(scope, definition, line[-1][1], line, own))
    if site is None and not any(one for kpi in kpis for _, one in kpi.months):
        return None
    return SitePage(
        study_id=study_id,
        protocol_number=study.protocol_number,
        number=number,
        words=", ".join(part for part in (site.name, site.country) if part) if site else "",
        title=_title(number, period, kpis),
        period=period,
        periods=periods,
        kpis=tuple(kpis),
    )


def _at(definition: KpiDefinition, source: Source | None, number: str) -> SiteReading | None:
    if source is None:
        return None
    found = site_readings(definition, [source], site=number)
    return found[0] if found else None


def _title(number: str, period: date, kpis: list[SiteKpi]) -> str:
    name = number if number.lower().startswith("site") else f"Site {number}"
    now = [(kpi.definition, kpi.now) for kpi in kpis if kpi.now]
    if not now:
        return f"{name} has no result for {month_name(period)}"
    definition, reading = now[0]
    return f"{name}: {definition.name.lower()} is {reading.value}, {reading.fraction}"
