"""What each side owes the other: the part of other pages that asks later, and a page of its own."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from dashboards.periods import Asked
from dashboards.selectors.owed import OwedPage, owed_page
from dashboards.views.asking import dashboard, home
from dashboards.views.exporting import table_download
from oversight.look.times import day_text

HEADER = ("who owes", "what", "CRO", "study", "since", "days")


@dashboard
def owed(request: HttpRequest, *, asked: Asked) -> HttpResponse:
    """Show both lists; `?cro=` is about one CRO."""
    page = _page(request, asked)
    context = {
        "page": page,
        "asked": asked,
        "period": asked.period,
        "cro": request.GET.get("cro", ""),
        "title": f"What each side owes the other on {day_text(page.on)}",
        "crumbs": [*home(asked), ("Owed", "")],
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, f"dashboards/{'_owed' if part else 'owed'}.html", context)


@dashboard
def owed_csv(request: HttpRequest, *, asked: Asked) -> HttpResponseBase:
    """Download both lists, whole; the download is recorded."""
    page = _page(request, asked)
    rows = [
        (who, matter.what, matter.place.vendor, matter.place.protocol, matter.began, one.days)
        for who, side in (("sponsor", page.by_sponsor), ("CRO", page.by_cro))
        for one in side.debts
        for matter in (one.line.item.matter,)
    ]
    return table_download(request, what="owed", period=page.on, header=HEADER, rows=rows)


def _page(request: HttpRequest, asked: Asked) -> OwedPage:
    page = owed_page(request.user, asked=asked, cro=request.GET.get("cro", ""))
    if page is None:
        raise Http404("There is no such CRO.")
    return page
