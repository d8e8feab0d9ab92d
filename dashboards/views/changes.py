"""What changed since the reader was last here: the page, the line on other pages, the file."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from dashboards.exports import csv_response
from dashboards.periods import Asked, month_key, months_back
from dashboards.selectors.since import Wanted, changes_since
from dashboards.selectors.since_page import ChangesPage, changes_page
from dashboards.selectors.visits import Since, since_of
from dashboards.turned import WORDS
from dashboards.views.asking import dashboard, home, number
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from vendors.access import actor_of, memberships_of

COLUMNS = ("change", "CRO", "study", "KPI", "period", "was", "now", "since", "address")


@dashboard
def page(request: HttpRequest, *, asked: Asked) -> HttpResponse:
    """List what changed; `since` is a day, `cro`, `study`, `kpi` and `function` narrow it."""
    found = _page(request, asked)
    context = {
        "changes": found,
        "since": found.since if found else _since(request, asked),
        "asked": asked,
        "period": found.period if found else None,
        "before": months_back(found.period, 2)[0] if found else None,
        "crumbs": [*home(asked), ("What changed", "")],
    }
    return render(request, "dashboards/changes.html", context)


@dashboard
def line(request: HttpRequest, *, asked: Asked) -> HttpResponse:
    """Answer with one line of counts, part of the pages of portfolio, CRO, study and KPI."""
    found = _page(request, asked)
    query = request.GET.copy()
    if found is not None:
        query["since"] = found.since.day.isoformat()
        query["period"] = month_key(found.period)
    context = {"changes": found, "query": query.urlencode()}
    return render(request, "dashboards/_since_line.html", context)


@dashboard
def csv(request: HttpRequest, *, asked: Asked) -> HttpResponseBase:
    """Download what changed, with the filters of the page; recorded."""
    found = _page(request, asked)
    if found is None:
        raise Http404("There is no such table.")
    detail = {"what": "changes", "since": str(found.since.day), "filter": request.GET.dict()}
    for one in memberships_of(request.user):
        taken_by = one.sponsor or one.vendor
        record(Event.EXPORTED, actor=actor_of(request.user), subject=taken_by, detail=detail)
    return csv_response(f"changes-since-{found.since.day}", COLUMNS, _rows(request, found))


def _since(request: HttpRequest, asked: Asked) -> Since:
    try:
        return since_of(request.user, text=request.GET.get("since", ""), asked=asked)
    except ValueError as error:
        raise Http404("There is no such day.") from error


def _page(request: HttpRequest, asked: Asked) -> ChangesPage | None:
    query = request.GET
    wanted = Wanted(
        cro=number(query, "cro"),
        study=number(query, "study"),
        kpi=query.get("kpi", ""),
        function=query.get("function", ""),
    )
    since = _since(request, asked)
    found = changes_since(request.user, asked=asked, since=since, wanted=wanted)
    if found is None:
        return None
    return changes_page(found, wanted=query.dict(), filtered=wanted != Wanted())


def _rows(request: HttpRequest, found: ChangesPage) -> Iterator[tuple[Any, ...]]:
    for group in found.groups:
        for one in group.lines:
            change = one.change
            yield (
                WORDS[change.group],
                one.vendor,
                one.protocol,
                change.slug or "file",
                month_key(change.period),
                change.was.replace("\u00a0", " "),
                change.now.replace("\u00a0", " "),
                found.since.day,
                request.build_absolute_uri(one.link),
            )
