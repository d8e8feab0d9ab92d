"""One study: each engagement's KPIs, and the countries and sites behind them."""

from dataclasses import dataclass
from typing import Any

from dashboards.findings import movement_words, status_words
from dashboards.periods import Asked, month_name
from dashboards.selectors.due import due_by_month, overdue_months
from dashboards.selectors.kpi import KpiView
from dashboards.selectors.matrix import Matrix, country_matrix, site_matrix
from dashboards.selectors.picture import Picture, picture
from dashboards.selectors.scope import Scope, definition_used
from dashboards.selectors.sources import study_runs
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
    runs = study_runs(user, asked=asked, first=shown.period, last=shown.period, study_id=study_id)
    there = [kpi for kpi in kpis if kpi.spot.value]
    ageing = [kpi for kpi in there if kpi.definition.formula == AGEING]
    told = {kpi.definition.slug for kpi in kpis}
    return StudyPage(
        **common,
        title=_title(study.protocol_number, shown, kpis),
        shown=shown,
        stamp=stamp_of(shown),
        kpis=kpis,
        others=tuple(one.name for one in shown.definitions if one.slug not in told),
        main=_view(shown, study.protocol_number, there[0].spot) if there else None,
        ageing=_view(shown, study.protocol_number, ageing[0].spot) if ageing else None,
        countries=country_matrix(shown, shown.countries),
        sites=site_matrix(shown, runs),
    )


def _kpis(shown: Picture, study_id: int) -> tuple[StudyKpi, ...]:
    """Return the KPIs that apply or have a result, worst first."""
    found = [
        StudyKpi(fact.vendor_id, fact.vendor_name, one, shown.spot(one, fact.id, study_id))
        for fact in shown.engagements
        for one in shown.definitions
    ]
    told = [kpi for kpi in found if kpi.spot.delegated]
    return tuple(sorted(told, key=lambda kpi: (kpi.spot.severity, kpi.definition.name)))


def _view(shown: Picture, protocol: str, spot: Spot) -> KpiView:
    """Look into one KPI with what is loaded already; no statement."""
    scope = (spot.slug, spot.engagement_id, spot.study_id)
    by_month = shown.by_scope[scope]
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
        overdue_months=overdue_months(
            due_by_month(
                shown.duties,
                shown.standings,
                shown.months,
                shown.asked,
                (spot.engagement_id, spot.study_id, spot.slug),
            ),
            spot.slug,
        ),
        due=shown.due,
        spot=spot,
        countries=(),
        runs=(),
        parts=(),
    )


def _title(protocol: str, shown: Picture, kpis: tuple[StudyKpi, ...]) -> str:
    head = f"{protocol}, {month_name(shown.period)}"
    if not kpis:
        return f"{head}: no KPI applies"
    worst = kpis[0]
    name, moved = worst.definition.name, movement_words(worst.spot)
    words = f"{head}: {name[:1].lower()}{name[1:]} is {status_words(worst.spot)}"
    return f"{words}; it {moved}" if moved else words
