"""One study: each engagement's KPIs, and the countries and sites behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from dashboards.findings import movement_words, status_words
from dashboards.periods import Asked, month_name
from dashboards.selectors.due import Due, due_of, overdue_months
from dashboards.selectors.kpi import KpiView
from dashboards.selectors.matrix import Matrix, country_matrix, site_matrix
from dashboards.selectors.picture import Picture, picture
from dashboards.selectors.runs import Reading, readings_of
from dashboards.selectors.scope import Scope, definition_used
from dashboards.selectors.stamp import Stamp, stamp_of
from dashboards.spots import Spot
from kpis.engine.definition import KpiDefinition
from studies.models import Study

AGEING = "stock_ageing"


@dataclass(frozen=True)
class StudyKpi:
    """One KPI of one engagement on the study."""

    vendor_id: int
    vendor_name: str
    definition: KpiDefinition
    spot: Spot


@dataclass(frozen=True)
class StudyPage:
    """The page; `main` is the worst KPI with a value, `ageing` the one that ages.

    `others` are the KPIs told by study that nobody has been delegated. `shown` None: no CRO yet.
    """

    study_id: int
    protocol_number: str
    words: str
    title: str
    shown: Picture | None = None
    stamp: Stamp | None = None
    kpis: tuple[StudyKpi, ...] = ()
    others: tuple[str, ...] = ()
    main: KpiView | None = None
    ageing: KpiView | None = None
    countries: Matrix | None = None
    sites: Matrix | None = None


def study_page(user: Any, *, asked: Asked, study_id: int) -> StudyPage | None:
    """Return the page, or None where the user does not see the study. Only their own engagements.

    The number of statements stays the same with many KPIs, countries and sites.
    """
    study: Any = Study.objects.visible_to(user).filter(pk=study_id).first()
    if study is None:
        return None
    words = ", ".join(
        part
        for part in (study.title, study.phase and study.get_phase_display(), study.therapeutic_area)
        if part
    )
    common = {"study_id": study.pk, "protocol_number": study.protocol_number, "words": words}
    shown = picture(user, asked=asked, study_id=study_id, delegations__study=study_id)
    if shown is None:
        title = f"{study.protocol_number}: nothing is delegated to a CRO"
        return StudyPage(**common, title=title)
    kpis = _kpis(shown, study_id)
    there = [kpi.spot for kpi in kpis if kpi.spot.value]
    ageing = [kpi.spot for kpi in kpis if kpi.spot.value and kpi.definition.formula == AGEING]
    told = {kpi.definition.slug for kpi in kpis}
    drawn = [*there[:1], *ageing[:1]]
    countries, details = _closer(shown, drawn)
    views = [_view(shown, study.protocol_number, spot, details) for spot in drawn]
    return StudyPage(
        **common,
        title=_title(study.protocol_number, shown, kpis),
        shown=shown,
        stamp=stamp_of(shown),
        kpis=kpis,
        others=tuple(one.name for one in shown.definitions if one.slug not in told),
        main=views[0] if there else None,
        ageing=views[-1] if ageing else None,
        countries=country_matrix(shown, countries),
        sites=site_matrix(shown),
    )


def _closer(shown: Picture, spots: Sequence[Spot]) -> tuple[list[Reading], list[Reading]]:
    """Return the period's results by country, and the KPIs that are drawn with all their figures.

    One statement.
    """
    wanted = Q(country__gt="", period_start=shown.period)
    for one in spots:
        wanted |= Q(country="", definition__slug=one.slug, engagement=one.engagement_id)
    found = readings_of([run.id for run in shown.results.runs], wanted)
    countries = [one for one in found if one.country and not one.missing]
    return countries, [one for one in found if not one.country]


def _kpis(shown: Picture, study_id: int) -> tuple[StudyKpi, ...]:
    """Return the KPIs that apply or have a result, worst first."""
    found = [
        StudyKpi(fact.vendor_id, fact.vendor_name, one, shown.spot(one, fact.id, study_id))
        for fact in shown.engagements
        for one in shown.definitions
    ]
    told = [kpi for kpi in found if kpi.spot.delegated]
    return tuple(sorted(told, key=lambda kpi: (kpi.spot.severity, kpi.definition.name)))


def _view(shown: Picture, protocol: str, spot: Spot, details: Sequence[Reading]) -> KpiView:
    """Look into one KPI with what is loaded already; no statement."""
    mine = (spot.slug, spot.engagement_id)
    by_month = {one.period: one for one in details if (one.slug, one.engagement_id) == mine}
    return KpiView(
        asked=shown.asked,
        period=shown.period,
        months=shown.months,
        periods=shown.periods,
        scope=Scope(shown.vendor_of(spot.engagement_id), spot.study_id, protocol),
        definition=definition_used(spot.slug, by_month[shown.period].version),
        by_month=by_month,
        earlier={},
        partner={},
        overdue_months=overdue_months(_due_by_month(shown, spot), spot.slug),
        due=shown.due,
        spot=spot,
        countries=(),
        runs=(),
        parts=(),
    )


def _due_by_month(shown: Picture, spot: Spot) -> dict[date, tuple[Due, ...]]:
    """Return what was due for a KPI in each month."""
    place = (spot.engagement_id, spot.study_id, spot.slug)
    held = [one for one in shown.holdings if one.engagement_id == spot.engagement_id]
    return {
        month: tuple(
            one
            for one in due_of(held, asked=shown.asked, period=month, came=shown.standings)
            if one.serves(*place)
        )
        for month in shown.months
    }


def _title(protocol: str, shown: Picture, kpis: tuple[StudyKpi, ...]) -> str:
    head = f"{protocol}, {month_name(shown.period)}"
    if not kpis:
        return f"{head}: no KPI applies"
    worst = kpis[0]
    name, moved = worst.definition.name, movement_words(worst.spot)
    words = f"{head}: {name[:1].lower()}{name[1:]} is {status_words(worst.spot)}"
    return f"{words}; it {moved}" if moved else words
