"""A KPI's units in two months: the studies of an engagement, the sites or countries of a study."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from dashboards.links import address
from dashboards.periods import months_back
from dashboards.selectors.kpi import KpiView
from dashboards.selectors.runs import Reading, readings
from dashboards.selectors.sites import SiteReading, opened, site_readings
from dashboards.selectors.sources import StudyRun, study_runs
from kpis.engine.statistics.rollup import Part
from kpis.engine.terms import Level

STUDIES, SITES, COUNTRIES = "studies", "sites", "countries"


@dataclass(frozen=True)
class UnitsOfTwoMonths:
    """Units by name in the month of the view and in the month compared with; a link for each."""

    by: str
    choices: tuple[str, ...]
    since: date
    before: Mapping[str, Part]
    now: Mapping[str, Part]
    links: Mapping[str, str]


def units_of(user: Any, view: KpiView, *, since: date | None, by: str) -> UnitsOfTwoMonths:
    """Return the units of the view's scope; three statements at most.

    `since` None is the month before. `by` is taken where the scope has such units, else the first
    that it has.
    """
    month = since or months_back(view.period, 2)[0]
    choices = _choices(view)
    chosen = by if by in choices else next(iter(choices), "")
    runs = (
        study_runs(
            user,
            asked=view.asked,
            first=month,
            last=month,
            engagement_id=view.scope.engagement.id,
            study_id=view.scope.study_id,
        )
        if chosen in (SITES, STUDIES)
        else ()
    )
    found: tuple[dict[str, Part], dict[str, Part], dict[str, str]] = ({}, {}, {})
    if chosen == SITES:
        found = _by_site(view, runs)
    elif chosen:
        found = _by_result(user, view, month, runs, chosen)
    return UnitsOfTwoMonths(chosen, choices, month, *found)


def _choices(view: KpiView) -> tuple[str, ...]:
    if not view.of_study:
        return (STUDIES,) if Level.STUDY in view.definition.grain else ()
    found = [SITES] if view.by_site else []
    if not view.scope.country and Level.COUNTRY in view.definition.grain:
        found.append(COUNTRIES)
    return tuple(found)


def _by_site(
    view: KpiView, runs: Iterable[StudyRun]
) -> tuple[dict[str, Part], dict[str, Part], dict[str, str]]:
    was = site_readings(view.definition, opened(runs), country=view.scope.country)
    links = {
        one.site: address(
            "site", one.study_id, number=one.site, period=view.period, known=view.asked.known
        )
        for one in (*was, *view.sites)
    }
    return _sites(was), _sites(view.sites), links


def _sites(found: Iterable[SiteReading]) -> dict[str, Part]:
    return {one.site: Part(one.numerator, one.denominator) for one in found}


def _by_result(
    user: Any, view: KpiView, month: date, runs: Iterable[StudyRun], by: str
) -> tuple[dict[str, Part], dict[str, Part], dict[str, str]]:
    where: dict[str, Any] = {
        "definition__slug": view.definition.slug,
        "engagement_id": view.scope.engagement.id,
    }
    if by == COUNTRIES:
        where["study_id"] = view.scope.study_id
        units = Q(country__gt="")
    else:
        units = Q(country="", study_id__isnull=False)
    rows = readings(
        user,
        units,
        Q(period_start__in=(month, view.period)),
        asked=view.asked,
        first=min(month, view.period),
        last=max(month, view.period),
        **where,
    )
    protocols = {one.study_id: one.protocol_number for one in (*runs, *view.runs)}

    def name(one: Reading) -> str:
        return one.country or protocols.get(one.study_id or 0, "another study")

    before, now = (
        {
            name(one): Part(one.numerator, one.denominator)
            for one in rows
            if one.period == period and not one.missing
        }
        for period in (month, view.period)
    )
    return before, now, {name(one): _link(view, one) for one in rows}


def _link(view: KpiView, one: Reading) -> str:
    return address(
        "kpi",
        view.definition.slug,
        engagement=one.engagement_id,
        study=one.study_id,
        country=one.country,
        period=view.period,
        known=view.asked.known,
    )
