"""The portfolio as CSV. The download is recorded."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from dashboards.exports import csv_response
from dashboards.periods import Asked, month_key
from dashboards.selectors.picture import Picture, picture
from dashboards.views.asking import dashboard
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from vendors.access import actor_of, memberships_of

PORTFOLIO = (
    "period",
    "CRO",
    "engagement",
    "model",
    "study",
    "dimension",
    "KPI",
    "definition",
    "status",
    "value",
    "numerator",
    "denominator",
    "cut-off",
    "note",
)


@dashboard
def portfolio_csv(request: HttpRequest, *, asked: Asked) -> HttpResponseBase:
    """Download every KPI of every engagement and study that the user sees, for the month."""
    shown = picture(request.user, asked=asked, wide=True)
    if shown is None:
        raise Http404("There is no such table.")
    detail = {"what": "portfolio", "period": month_key(shown.period)}
    for one in memberships_of(request.user):
        taken_by = one.sponsor or one.vendor
        record(Event.EXPORTED, actor=actor_of(request.user), subject=taken_by, detail=detail)
    return csv_response(f"portfolio-{month_key(shown.period)}", PORTFOLIO, portfolio_rows(shown))


def portfolio_rows(shown: Picture) -> Iterator[tuple[Any, ...]]:
    """Yield a row per engagement or study and KPI that applies; figures unrounded."""
    for (engagement, study), slugs in shown.applying.items():
        fact = shown.vendor_of(engagement)
        for definition in shown.definitions:
            if definition.slug not in slugs:
                continue
            spot = shown.spot(definition, engagement, study)
            reading = shown.results.reading(definition.slug, (engagement, study), shown.period)
            yield (
                month_key(shown.period),
                fact.vendor_name,
                fact.name,
                fact.model,
                shown.protocols[study] if study is not None else "all",
                definition.dimension.value,
                definition.name,
                f"{definition.slug} {reading.version}" if reading else "",
                spot.status or "awaited",
                reading.value if reading else None,
                reading.numerator if reading else None,
                reading.denominator if reading else None,
                reading.cutoff_date if reading and not reading.missing else None,
                spot.why or spot.note,
            )
