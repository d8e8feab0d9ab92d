"""The KPI page, its charts as JSON and its tables as CSV."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render

from dashboards.behaviour_facts import behaviour_facts
from dashboards.believing import believed
from dashboards.exports import csv_response
from dashboards.facts import facts, title
from dashboards.links import address
from dashboards.month_lines import month_lines
from dashboards.panels.exports import csv_table
from dashboards.panels.panel import page_address
from dashboards.panels.registry import chart_of, figure_of, names_of
from dashboards.periods import Asked, month_name
from dashboards.selectors.hindsight import hindsight
from dashboards.selectors.kpi import KpiView, kpi_view
from dashboards.selectors.places import places
from dashboards.selectors.rows import RowsBehind, rows_behind
from dashboards.selectors.stamp import readings_stamp
from dashboards.views.asking import dashboard, number
from kpis.definitions import catalogue
from kpis.engine.wording import PROVENANCE_WORDS, formula_words, limits_words
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from studies.models import Engagement
from vendors.access import Permission, actor_of, permissions_of

ROWS_SHOWN = 8


def found_view(
    request: HttpRequest, slug: str, asked: Asked, query: Mapping[str, str] | None = None
) -> KpiView:
    """Return the KPI in the scope of the address, or of a form's `query`.

    404 otherwise: unknown and invisible look the same.
    """
    query = request.GET if query is None else query
    engagement_id = number(query, "engagement")
    if slug not in catalogue() or engagement_id is None:
        raise Http404("There is no such KPI.")
    view = kpi_view(
        request.user,
        asked=asked,
        slug=slug,
        engagement_id=engagement_id,
        study_id=number(query, "study"),
        country=query.get("country", ""),
    )
    if view is None:
        raise Http404("There is no such KPI.")
    return view


@dashboard
def kpi(request: HttpRequest, slug: str, *, asked: Asked) -> HttpResponse:
    """Show one KPI in one scope; without a scope in the address, the scopes to choose from."""
    if slug in catalogue() and not request.GET.get("engagement"):
        return _scopes(request, slug, asked)
    view = found_view(request, slug, asked)
    behind = behind_of(view)
    found = [view.reading] if view.reading else []
    context = {
        "view": view,
        "asked": asked,
        "period": view.period,
        "periods": view.periods,
        "scope": view.scope.query,
        "title": title(view),
        "facts": facts(view),
        "behaviour": behaviour_facts(view),
        "believed": believed(view),
        "charts": [chart_of(view, name) for name in names_of(view)] if view.reading else [],
        "months": month_lines(view),
        "past": hindsight(view),
        "missing": f"{view.definition.name} is missing for {month_name(view.period)}.",
        "formula": formula_words(view.definition),
        "limits": limits_words(view.definition),
        "provenance": PROVENANCE_WORDS,
        "stamp": readings_stamp(found, view.due),
        "behind": behind,
        "rows": behind.slice(0, ROWS_SHOWN),
        "several": not view.of_study and behind.names_studies,
        "may_see_files": Permission.VIEW_SUBMISSIONS in permissions_of(request.user),
        "may_dispute": Permission.SUBMIT in permissions_of(request.user),
        "computed_url": page_address(view, "computed", slug),
        "crumbs": crumbs_of(view),
    }
    return render(request, "dashboards/kpi.html", context)


@dashboard
def kpi_chart(request: HttpRequest, slug: str, name: str, *, asked: Asked) -> HttpResponse:
    """Answer with a figure as JSON; the page's own script draws it."""
    view = found_view(request, slug, asked)
    if view.reading is None or name not in names_of(view):
        raise Http404("There is no such chart.")
    return JsonResponse(figure_of(view, name))


@dashboard
def kpi_csv(request: HttpRequest, slug: str, name: str, *, asked: Asked) -> HttpResponseBase:
    """Download the unrounded numbers of a chart or table; the download is recorded."""
    view = found_view(request, slug, asked)
    if name not in (*names_of(view), "countries"):
        raise Http404("There is no such table.")
    record_export(request, view, name)
    header, rows = csv_table(view, name)
    return csv_response(f"{slug}-{name}-{view.period:%Y-%m}", header, rows)


def record_export(request: HttpRequest, view: KpiView, what: str, **more: str) -> None:
    """Leave an event: who took which numbers of which engagement."""
    engagement = get_object_or_404(
        Engagement.objects.visible_to(request.user), pk=view.scope.engagement.id
    )
    asked = {"kpi": view.definition.slug, "what": what, "period": f"{view.period:%Y-%m}"}
    detail: dict[str, Any] = asked | view.scope.query | more
    record(Event.EXPORTED, actor=actor_of(request.user), subject=engagement, detail=detail)


def behind_of(view: KpiView, **chosen: str) -> RowsBehind:
    """Return the rows behind a view's value; `chosen` are part and site."""
    return rows_behind(
        view.definition,
        view.parts,
        period=view.period,
        of_study=view.of_study,
        country=view.scope.country,
        **chosen,
    )


def _scopes(request: HttpRequest, slug: str, asked: Asked) -> HttpResponse:
    page = places(request.user, asked=asked, slug=slug)
    context = {
        "definition": catalogue()[slug],
        "page": page,
        "asked": asked,
        "period": page.shown.period if page else None,
        "periods": page.shown.periods if page else (),
        "crumbs": [
            ("Portfolio", address("portfolio", period=asked.period, known=asked.known)),
            (catalogue()[slug].name, ""),
        ],
    }
    return render(request, "dashboards/kpi_scopes.html", context)


def crumbs_of(view: KpiView, below: str = "") -> list[tuple[str, str]]:
    """Return the way to a KPI page, or to a page `below` it."""
    keep = {"period": view.period, "known": view.asked.known}
    found = [
        ("Portfolio", address("portfolio", **keep)),
        (
            view.scope.engagement.vendor_name,
            address("cro", view.scope.engagement.vendor_id, **keep),
        ),
    ]
    if view.scope.study_id is not None:
        found.append((view.scope.protocol_number, address("study", view.scope.study_id, **keep)))
    if view.scope.country:
        whole = {key: text for key, text in view.scope.query.items() if key != "country"}
        found.append((view.definition.name, address("kpi", view.definition.slug, **whole, **keep)))
        return _ending(view, found, view.scope.country, below)
    return _ending(view, found, view.definition.name, below)


def _ending(
    view: KpiView, found: list[tuple[str, str]], name: str, below: str
) -> list[tuple[str, str]]:
    if not below:
        return [*found, (name, "")]
    return [*found, (name, page_address(view, "kpi", view.definition.slug)), (below, "")]
