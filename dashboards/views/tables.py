"""Whole tables as CSV: the portfolio, and a study's enrolment. Each download is recorded."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from dashboards.exports import csv_response
from dashboards.periods import Asked, month_key
from dashboards.selectors.picture import Picture, picture
from dashboards.selectors.study import study_page
from dashboards.views.asking import dashboard
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from studies.models import Study
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
    shown = picture(request.user, asked=asked)
    if shown is None:
        raise Http404("There is no such table.")
    detail = {"what": "portfolio", "period": month_key(shown.period)}
    for one in memberships_of(request.user):
        taken_by = one.sponsor or one.vendor
        record(Event.EXPORTED, actor=actor_of(request.user), subject=taken_by, detail=detail)
    return csv_response(f"portfolio-{month_key(shown.period)}", PORTFOLIO, portfolio_rows(shown))


@dashboard
def enrolment_csv(request: HttpRequest, study_id: int, *, asked: Asked) -> HttpResponseBase:
    """Download a study's enrolment by month."""
    page = study_page(request.user, asked=asked, study_id=study_id)
    if page is None:
        raise Http404("There is no such study.")
    study = get_object_or_404(Study.objects.visible_to(request.user), pk=study_id)
    detail = {"what": "enrolment", "period": month_key(asked.period) if asked.period else "newest"}
    record(Event.EXPORTED, actor=actor_of(request.user), subject=study, detail=detail)
    rows = [
        (month_key(one.month), one.enrolled, one.total, one.failed)
        for one in (page.enrolment.months if page.enrolment else ())
    ]
    header = ("month", "enrolled", "enrolled up to its end", "screen failures")
    return csv_response(f"enrolment-{page.protocol_number}", header, rows)


def portfolio_rows(shown: Picture) -> Iterator[tuple[Any, ...]]:
    """Yield a row per engagement or study and KPI that applies; figures unrounded."""
    for (engagement, study), slugs in shown.applying.items():
        fact = shown.vendor_of(engagement)
        for definition in shown.definitions:
            if definition.slug not in slugs:
                continue
            spot = shown.spot(definition, engagement, study)
            months = shown.by_scope.get((definition.slug, engagement, study), {})
            reading = months.get(shown.period)
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
