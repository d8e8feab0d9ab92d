"""What each KPI means: the list, and one definition in words."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from kpis.definitions import in_force
from kpis.selectors.agreed import agreed_page
from kpis.selectors.definitions import definition_page, definition_rows
from vendors.access import Permission, check_permission

LONGEST_WORDS = 200


@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """List the KPIs of the catalogue, or those that hold the words looked for."""
    check_permission(request.user, Permission.VIEW_DASHBOARDS)
    words = request.GET.get("q", "").strip()[:LONGEST_WORDS]
    dimensions = definition_rows(words, today=timezone.localdate())
    context = {
        "dimensions": dimensions,
        "words": words,
        "found": sum(len(one.rows) for one in dimensions),
    }
    return render(request, "kpis/definition_list.html", context)


@login_required
@require_GET
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one KPI: the question, the formula, the limits, how it is gamed, its versions."""
    check_permission(request.user, Permission.VIEW_DASHBOARDS)
    today = timezone.localdate()
    definition = in_force(today).get(slug)
    if definition is None:
        raise Http404("There is no such KPI.")
    context = {
        "page": definition_page(request.user, definition, today=today),
        "agreed": agreed_page(request.user, definition, today=today),
    }
    return render(request, "kpis/definition_detail.html", context)
