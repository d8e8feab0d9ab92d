"""The executive page and its table."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from dashboards.periods import Asked, month_key
from dashboards.selectors.executive.page import ExecutivePage, executive_page
from dashboards.views.asking import dashboard, home
from dashboards.views.exporting import table_download
from kpis.selectors.steps import is_sponsor_side

HEADER = (
    *("month", "about", "KPI", "CRO", "study", "status", "value", "numerator and denominator"),
    *("variation", "assurance"),
)


@dashboard
def executive(request: HttpRequest, *, asked: Asked) -> HttpResponse:
    """Show the one page for somebody with a minute."""
    page = executive_page(request.user, asked=asked)
    context = {
        "page": page,
        "asked": asked,
        "period": page.span.period,
        "periods": page.span.periods,
        "sponsor_side": is_sponsor_side(request.user),
        "crumbs": [*home(asked), ("Executive page", "")],
    }
    return render(request, "dashboards/executive.html", context)


@dashboard
def executive_csv(request: HttpRequest, *, asked: Asked) -> HttpResponseBase:
    """Download every figure of the page; the download is recorded."""
    page = executive_page(request.user, asked=asked)
    return table_download(
        request,
        what="executive",
        period=page.span.period,
        header=HEADER,
        rows=list(executive_rows(page)),
    )


def executive_rows(page: ExecutivePage) -> Iterator[tuple[object, ...]]:
    """Yield the figures of each subject, then those with marks."""
    month = month_key(page.span.period)
    for about, found in (("safety", page.safety), ("dates", page.dates), ("money", page.money)):
        for one in found.lines:
            yield (
                *(month, about, one.definition.slug, one.vendor, one.study or "all"),
                *(one.spot.status, one.spot.number, one.spot.fraction, "", ""),
            )
    for mark in page.icons.marks:
        one = mark.line
        yield (
            *(month, "behaviour", one.definition.slug, one.vendor, "all", one.spot.status),
            *(one.spot.number, one.spot.fraction, mark.variation, mark.assurance),
        )
