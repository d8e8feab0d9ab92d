"""Portfolio, CRO scorecard and study page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from dashboards.facts import facts
from dashboards.panels.registry import chart_of
from dashboards.periods import Asked
from dashboards.selectors.cro import scorecard
from dashboards.selectors.portfolio import portfolio
from dashboards.selectors.studies import studies as studies_page
from dashboards.selectors.study import study_page
from dashboards.views.asking import dashboard, home, number
from kpis.selectors.due_notices import due_notices
from kpis.standing.tiles import KEY
from vendors.access import Permission, permissions_of


@dashboard
def portfolio_page(request: HttpRequest, *, asked: Asked) -> HttpResponse:
    """Show where each CRO stands; without an engagement, what to do first."""
    page = portfolio(request.user, asked=asked)
    permissions = permissions_of(request.user)
    context = {
        "page": page,
        "asked": asked,
        "period": page.shown.period if page else None,
        "periods": page.shown.periods if page else (),
        "may_edit": Permission.EDIT_REGISTER in permissions,
        "may_upload": Permission.UPLOAD in permissions,
        "may_decide": Permission.DECIDE in permissions,
        # The sponsor reads in the title what is missing; who uploads reads what is due.
        "due_notices": due_notices(request.user, today=asked.today)
        if Permission.UPLOAD in permissions and asked.known is None
        else (),
    }
    return render(request, "dashboards/portfolio.html", context)


@dashboard
def studies(request: HttpRequest, *, asked: Asked) -> HttpResponse:
    """Show all studies under CROs, worst first; `cro`, `q` and `page` in the address."""
    wanted, words = number(request.GET, "cro"), request.GET.get("q", "").strip()
    found = studies_page(
        request.user, asked=asked, cro=wanted, words=words, number=request.GET.get("page", "1")
    )
    if found is None:
        raise Http404("There is no engagement yet.")
    context = {
        "page": found.page,
        "rows": found.studies,
        "cros": found.cros,
        "cro": wanted,
        "words": words,
        "asked": asked,
        "period": found.shown.period,
        "periods": found.shown.periods,
        "crumbs": [*home(asked), ("Study by study", "")],
    }
    return render(request, "dashboards/studies.html", context)


@dashboard
def cro(request: HttpRequest, vendor_id: int, *, asked: Asked) -> HttpResponse:
    """Show the scorecard of one CRO."""
    page = scorecard(request.user, asked=asked, vendor_id=vendor_id)
    if page is None:
        raise Http404("There is no such CRO.")
    context = {
        "page": page,
        "tile_key": KEY,
        "asked": asked,
        "period": page.shown.period,
        "periods": page.shown.periods,
        "crumbs": [*home(asked), (page.vendor_name, "")],
    }
    return render(request, "dashboards/cro.html", context)


@dashboard
def study(request: HttpRequest, study_id: int, *, asked: Asked) -> HttpResponse:
    """Show the KPIs of one study with countries and sites."""
    page = study_page(request.user, asked=asked, study_id=study_id)
    if page is None:
        raise Http404("There is no such study.")
    main = page.main
    context = {
        "page": page,
        "main": main,
        "facts": facts(main) if main else (),
        "trend": chart_of(main, "trend") if main else None,
        "ageing": chart_of(page.ageing, "ageing") if page.ageing else None,
        "asked": asked,
        "period": page.shown.period if page.shown else None,
        "periods": page.shown.periods if page.shown else (),
        "crumbs": [*home(asked), (page.protocol_number, "")],
    }
    return render(request, "dashboards/study.html", context)
