"""One site: each KPI that its study's CROs report by site, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.periods import Asked, month_name, months_back
from dashboards.selectors.due import applying, held_by
from dashboards.selectors.periods_there import periods_with_results
from dashboards.selectors.picture import engagement_facts, last_month
from dashboards.selectors.rows import numerator_listing
from dashboards.selectors.scope import Scope
from dashboards.selectors.sites import OpenRun, SiteReading, opened, site_readings
from dashboards.selectors.sources import Part, parts_of_runs, study_runs
from kpis.definitions import in_force
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import Level
from kpis.submissions.reach import spellings
from studies.models import Site, Study

MONTHS_SHOWN = 12


@dataclass(frozen=True)
class SiteKpi:
    """One KPI of one engagement at the site; months without the site have no reading."""

    scope: Scope
    definition: KpiDefinition
    now: SiteReading | None
    months: tuple[tuple[date, SiteReading | None], ...]
    parts: tuple[Part, ...]

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

    @property
    def by_month(self) -> list[tuple[date, tuple[SiteReading | None, ...]]]:
        """The months, newest first, with a reading of each KPI."""
        lines = [kpi.months for kpi in self.kpis]
        found = [
            (months[0][0], tuple(one for _, one in months)) for months in zip(*lines, strict=True)
        ]
        return found[::-1]

    @property
    def with_rows(self) -> list[SiteKpi]:
        """The KPIs whose rows are shown: of each listing of a CRO the worst one's."""
        found: dict[tuple[int, str], SiteKpi] = {}
        for kpi in self.kpis:
            if kpi.now and kpi.now.numerator:
                key = (kpi.scope.engagement.id, numerator_listing(kpi.definition))
                found.setdefault(key, kpi)
        return list(found.values())


def site_page(user: Any, *, asked: Asked, study_id: int, number: str) -> SitePage | None:
    """Return the page, or None for a study or a site that the user cannot see."""
    study: Any = Study.objects.visible_to(user).filter(pk=study_id).first()
    if study is None or not number:
        return None
    site: Any = Site.objects.visible_to(user).filter(study=study_id, number=number).first()
    periods = periods_with_results(user, asked=asked)
    period = asked.period or (periods[0] if periods else last_month(asked.day))
    months = months_back(period, MONTHS_SHOWN)
    applies = applying(held_by(user), period=period)
    facts = {fact.id: fact for fact in engagement_facts(user)}
    runs = study_runs(user, asked=asked, first=months[0], last=period, study_id=study_id)
    now = [run for run in runs if run.period == period]
    parts = parts_of_runs(
        user,
        period=period,
        computed_at=max((run.computed_at for run in now), default=None),
        engagement_ids=[run.engagement_id for run in now],
        study=(study_id, spellings(study)),
    )
    tables = opened(runs)
    computed = {slug for one in tables for slug in one.table["slug"].unique()}
    kpis = []
    for engagement, fact in sorted(facts.items()):
        own = [one for one in tables if one.run.engagement_id == engagement]
        scope = Scope(fact, study_id, study.protocol_number)
        mine = tuple(part for part in parts if part.engagement_id == engagement)
        for definition in in_force(period).values():
            applied = definition.slug in applies.get((engagement, study_id), ())
            if not applied and definition.slug not in computed:
                continue
            line = _line(definition, own, months, number)
            if Level.SITE in definition.grain and (applied or any(one for _, one in line)):
                kpis.append(SiteKpi(scope, definition, line[-1][1], line, mine))
    if site is None and not any(one for kpi in kpis for _, one in kpi.months):
        return None
    kpis.sort(key=lambda kpi: kpi.now.severity[0] if kpi.now else 9)
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


def _line(
    definition: KpiDefinition, tables: Sequence[OpenRun], months: Sequence[date], number: str
) -> tuple[tuple[date, SiteReading | None], ...]:
    """Return the site's reading of each month."""
    found = {
        table.run.period: next(iter(site_readings(definition, [table], site=number)), None)
        for table in tables
    }
    return tuple((month, found.get(month)) for month in months)


def _title(number: str, period: date, kpis: Sequence[SiteKpi]) -> str:
    name = number if number.lower().startswith("site") else f"Site {number}"
    now = [(kpi.definition, kpi.now) for kpi in kpis if kpi.now]
    if not now:
        return f"{name} has no result for {month_name(period)}"
    definition, reading = now[0]
    words = definition.name[:1].lower() + definition.name[1:]
    return f"{name}: {words} is {reading.value}, {reading.fraction}"
