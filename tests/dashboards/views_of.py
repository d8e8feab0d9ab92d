"""A KPI page's view made in memory: months of figures, sites, a partner; no database."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from dashboards.periods import Asked, months_back
from dashboards.selectors.kpi import KpiView
from dashboards.selectors.picture import EngagementFact
from dashboards.selectors.runs import Reading
from dashboards.selectors.scope import Scope
from dashboards.selectors.sites import SiteReading
from dashboards.spots import spot_of
from kpis.definitions import catalogue
from kpis.engine.definition import KpiDefinition
from kpis.engine.rag import rag_status
from kpis.engine.statistics.chart_choice import scale_of

PERIOD = date(2026, 2, 1)
Pair = tuple[float, float] | None


def reading(definition: KpiDefinition, month: date, pair: tuple[float, float]) -> Reading:
    """Return a result of these counts, judged by the definition."""
    top, bottom = pair
    value = scale_of(definition) * top / bottom if bottom else None
    return Reading(
        run_id=1,
        slug=definition.slug,
        version=definition.version,
        engagement_id=1,
        study_id=1,
        country="",
        period=month,
        cutoff_date=month.replace(day=28),
        computed_at=datetime(month.year, month.month, 28, tzinfo=UTC),
        submission_id=1,
        numerator=top,
        denominator=bottom,
        value=value,
        rag=rag_status(value=value, denominator=bottom, definition=definition).value,
        limits=None,
        why=None,
        longest_open=None,
        detail={},
    )


def months_of(definition: KpiDefinition, pairs: Sequence[Pair]) -> dict[date, Reading]:
    """Return the months ending with the period; None has no result."""
    months = months_back(PERIOD, len(pairs))
    return {
        month: reading(definition, month, pair)
        for month, pair in zip(months, pairs, strict=True)
        if pair is not None
    }


def view_of(
    definition: KpiDefinition,
    pairs: Sequence[Pair],
    *,
    partner: Sequence[Pair] = (),
    sites: Sequence[tuple[float, float]] = (),
    by_month: Mapping[date, Reading] | None = None,
    **more: Any,
) -> KpiView:
    """Return the view of a KPI of one study in the period."""
    found = months_of(definition, pairs) if by_month is None else dict(by_month)
    months = months_back(PERIOD, 24)
    balancing = catalogue()[definition.balancing] if definition.balancing else definition
    view = KpiView(
        asked=Asked(PERIOD, None, date(2026, 3, 9)),
        period=PERIOD,
        months=months,
        periods=tuple(found),
        scope=Scope(EngagementFact(1, "Alpha", "fsp", "FSP", 1, "Alpha"), 1, "NWT-301"),
        definition=definition,
        by_month=found,
        earlier={},
        partner=months_of(balancing, partner),
        overdue_months=frozenset(),
        due=(),
        spot=spot_of(definition, found, months, engagement_id=1),
        countries=(),
        runs=(),
        parts=(),
    )
    view = replace(view, **more)
    view.__dict__["sites"] = tuple(
        site(definition, f"S{place}", pair) for place, pair in enumerate(sites)
    )
    return view


def site(definition: KpiDefinition, name: str, pair: tuple[float, float]) -> SiteReading:
    """Return the result of a site."""
    one = reading(definition, PERIOD, pair)
    return SiteReading(
        engagement_id=1,
        study_id=1,
        protocol_number="NWT-301",
        site=name,
        country="FRA",
        numerator=one.numerator,
        denominator=one.denominator,
        number=one.value,
        status=one.rag,
        value="" if one.value is None else f"{one.value:.1f}",
        fraction=f"{pair[0]} of {pair[1]}",
        share=None,
        detail={},
    )
