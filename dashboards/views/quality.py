"""The data-quality page and its tables."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from dashboards.panels.quality import rules_chart, rules_panel
from dashboards.periods import Asked
from dashboards.quality_tables import TABLES
from dashboards.selectors.quality.hits import PROBLEMS, SUBMISSIONS
from dashboards.selectors.quality.page import QualityPage, quality_page
from dashboards.views.asking import dashboard, home
from dashboards.views.exporting import table_download, table_of
from kpis.standing.tiles import KEY
from vendors.access import Permission, check_permission


@dashboard
def quality(request: HttpRequest, *, asked: Asked) -> HttpResponse:
    """Show how good the data are that came; `?rule=` lists where one rule was broken."""
    page = _page(request, asked)
    by = _by(request)
    context = {
        "page": page,
        "calendar": page.calendar,
        "key": KEY,
        "asked": asked,
        "period": page.span.period,
        "periods": page.span.periods,
        "by": by,
        "panel": rules_panel(page),
        "figure": rules_chart(page),
        "scope": {
            **({"by": by} if by != PROBLEMS else {}),
            **({"rule": page.chosen.rule} if page.chosen else {}),
        },
        "crumbs": [*home(asked), ("Data quality", "")],
    }
    return render(request, "dashboards/quality.html", context)


@dashboard
def quality_csv(request: HttpRequest, name: str, *, asked: Asked) -> HttpResponseBase:
    """Download one of its tables; the download is recorded."""
    table = table_of(TABLES, name)
    page = _page(request, asked)
    header, rows = table(page)
    return table_download(
        request, what=f"data-quality-{name}", period=page.span.period, header=header, rows=rows
    )


def _page(request: HttpRequest, asked: Asked) -> QualityPage:
    check_permission(request.user, Permission.VIEW_SUBMISSIONS)
    rule = request.GET.get("rule", "")
    return quality_page(request.user, asked=asked, rule=rule, by=_by(request))


def _by(request: HttpRequest) -> str:
    return SUBMISSIONS if request.GET.get("by") == SUBMISSIONS else PROBLEMS
