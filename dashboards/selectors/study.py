"""One study: each engagement's KPIs, and the countries and sites behind them."""

from dataclasses import dataclass
from typing import Any

from dashboards.findings import movement_words, status_words
from dashboards.periods import Asked, month_name
from dashboards.selectors.kpi import KpiView, countries_of
from dashboards.selectors.picture import Picture, picture
from dashboards.selectors.scope import Scope, definition_used
from dashboards.selectors.sources import study_runs
from dashboards.selectors.stamp import Stamp, stamp_of
from dashboards.spots import Spot
from kpis.engine.definition import KpiDefinition
from studies.models import Study


@dataclass(frozen=True)
class StudyKpi:
    """One KPI of one engagement on the study."""

    vendor_id: int
    vendor_name: str
    definition: KpiDefinition
    spot: Spot


@dataclass(frozen=True)
class StudyPage:
    """The page; `main` is the KPI looked into: the worst with a value. `shown` None: no CRO yet."""

    study_id: int
    protocol_number: str
    words: str
    title: str
    shown: Picture | None
    stamp: Stamp | None
    kpis: tuple[StudyKpi, ...]
    main: KpiView | None


def study_page(user: Any, *, asked: Asked, study_id: int) -> StudyPage | None:
    """Return the page, or None where the user does not see the study. Only their own engagements.

    Looks into one KPI, so that the number of statements stays the same with many.
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
    shown = picture(user, asked=asked, detail=True, delegations__study=study_id)
    if shown is None:
        return StudyPage(
            **common,
            title=f"{study.protocol_number}: nothing is delegated to a CRO",
            shown=None,
            stamp=None,
            kpis=(),
            main=None,
        )
    shown = _only(shown, study_id)
    kpis = sorted(
        (
            StudyKpi(fact.vendor_id, fact.vendor_name, one, shown.spot(one, fact.id, study_id))
            for fact in shown.engagements
            for one in shown.definitions
        ),
        key=lambda kpi: (not kpi.spot.value, kpi.spot.severity),
    )
    first = kpis[0].spot
    return StudyPage(
        **common,
        title=_title(study.protocol_number, shown, first),
        shown=shown,
        stamp=stamp_of(shown),
        kpis=tuple(kpis),
        main=_main(user, shown, study.protocol_number, first) if first.value else None,
    )


def _main(user: Any, shown: Picture, protocol: str, spot: Spot) -> KpiView:
    """Look into one KPI with what is loaded already; three statements."""
    scope = (spot.slug, spot.engagement_id, spot.study_id)
    by_month = shown.by_scope[scope]
    definition = definition_used(spot.slug, by_month[shown.period].version)
    old = {
        one.period: one
        for one in shown.earlier
        if (one.slug, one.engagement_id, one.study_id) == scope
    }
    where = {
        "definition__slug": spot.slug,
        "engagement_id": spot.engagement_id,
        "study_id": spot.study_id,
        "country": "",
    }
    mine = [one for one in shown.duties if one.engagement_id == spot.engagement_id]
    return KpiView(
        asked=shown.asked,
        period=shown.period,
        months=shown.months,
        periods=shown.periods,
        scope=Scope(shown.vendor_of(spot.engagement_id), spot.study_id, protocol),
        definition=definition,
        by_month=by_month,
        earlier=old,
        due_months=frozenset(m for m in shown.months if any(duty.covers(m) for duty in mine)),
        due=shown.due,
        spot=spot,
        countries=countries_of(
            user, asked=shown.asked, definition=definition, months=shown.months, where=where
        ),
        sources=study_runs(
            user,
            asked=shown.asked,
            first=shown.period,
            last=shown.period,
            study_id=spot.study_id,
            engagement_id=spot.engagement_id,
        ),
    )


def _only(shown: Picture, study_id: int) -> Picture:
    """Keep what belongs to the study."""
    return Picture(
        asked=shown.asked,
        period=shown.period,
        months=shown.months,
        periods=shown.periods,
        definitions=shown.definitions,
        engagements=shown.engagements,
        duties=tuple(one for one in shown.duties if one.study_id == study_id),
        due=tuple(one for one in shown.due if one.study_id == study_id),
        readings=tuple(one for one in shown.readings if one.study_id == study_id),
        earlier=tuple(one for one in shown.earlier if one.study_id == study_id),
    )


def _title(protocol: str, shown: Picture, spot: Spot) -> str:
    moved = movement_words(spot)
    words = f"{protocol}, {month_name(shown.period)}: {spot.name.lower()} is {status_words(spot)}"
    return f"{words}; it {moved}" if moved else words
