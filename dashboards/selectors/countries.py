"""What a KPI page reads with its own months, in the same statement: partner and countries."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, ExpressionWrapper, F, Q, Subquery, Value

from dashboards.periods import Asked, months_back
from dashboards.selectors.runs import Reading, runs_for
from dashboards.spots import Spot, spot_of
from kpis.engine.definition import KpiDefinition
from kpis.models import KpiResult


def kpi_and_more(
    user: Any, *, asked: Asked, partner_slug: str | None, where: Mapping[str, Any]
) -> Q:
    """Return what to read: the KPI, its partner, and a study's countries of the last two months."""
    own = Q(definition__slug=where["definition__slug"])
    wanted = Q(definition__slug__in=(where["definition__slug"], partner_slug or ""))
    found = wanted & Q(country=where["country"])
    if where["study_id"] is None or where["country"]:
        return found
    if asked.period is not None:
        months = Q(period_start__in=months_back(asked.period, 2))
    else:
        months = Q(period_start__gte=_month_before_last(user, asked, where))
    return found | (own & Q(country__gt="") & months)


def _month_before_last(user: Any, asked: Asked, where: Mapping[str, Any]) -> Any:
    """Return, for the database to find, a day after which the last two months with results lie."""
    rows = KpiResult.objects.visible_to(user).filter(
        run__in=runs_for(user, asked=asked).values("pk"), **where
    )
    # 31 days before the first of a month: the month before begins later, or on that very day.
    before = ExpressionWrapper(
        F("period_start") - Value(timedelta(days=31)), output_field=DateField()
    )
    return Subquery(rows.order_by("-period_start").values(before=before)[:1])


def countries_of(
    definition: KpiDefinition,
    found: Iterable[Reading],
    months: tuple[date, ...],
    where: Mapping[str, Any],
) -> tuple[tuple[Spot, Reading], ...]:
    """Return the countries of the last of `months`, worst first, with the month before."""
    by_country: dict[str, dict[date, Reading]] = {}
    for one in found:
        by_country.setdefault(one.country, {})[one.period] = one
    spots = [
        (
            spot_of(
                definition,
                by_month,
                months[-2:],
                engagement_id=where["engagement_id"],
                study_id=where["study_id"],
            ),
            by_month[months[-1]],
        )
        for by_month in by_country.values()
        if months[-1] in by_month
    ]
    return tuple(sorted(spots, key=lambda pair: (pair[0].severity, pair[1].country)))
