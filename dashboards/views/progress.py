"""A study's progress: enrolment, activation, milestones and deviations, as page, JSON and CSV."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render

from dashboards.exports import csv_response
from dashboards.links import address
from dashboards.panels.study import StudyView
from dashboards.panels.study_registry import PANELS, lacking, study_panels
from dashboards.periods import Asked, month_key
from dashboards.selectors.progress import Progress, study_progress
from dashboards.views.asking import dashboard, home
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from studies.models import Study
from vendors.access import actor_of


@dashboard
def progress(request: HttpRequest, study_id: int, *, asked: Asked) -> HttpResponse:
    """Show the panels: as a page of their own, or as the part of the study page that asks later."""
    found = _found(request, study_id, asked)
    view = StudyView(found, found.tables) if found.tables else None
    keep = {"period": found.period, "known": asked.known}
    context = {
        "page": found,
        "panels": study_panels(view, asked) if view else [],
        "lacking": lacking(view),
        "asked": asked,
        "period": found.period,
        "periods": found.periods,
        "crumbs": [
            *home(asked),
            (found.protocol_number, address("study", study_id, **keep)),
            ("Progress", ""),
        ],
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, f"dashboards/{'_progress' if part else 'progress'}.html", context)


@dashboard
def study_chart(request: HttpRequest, study_id: int, name: str, *, asked: Asked) -> HttpResponse:
    """Answer with a figure as JSON; the page's own script draws it."""
    return JsonResponse(PANELS[name].chart(_view(request, study_id, name, asked)))


@dashboard
def study_csv(request: HttpRequest, study_id: int, name: str, *, asked: Asked) -> HttpResponseBase:
    """Download the numbers of a panel; the download is recorded."""
    view = _view(request, study_id, name, asked)
    study = get_object_or_404(Study.objects.visible_to(request.user), pk=study_id)
    detail = {"what": name, "period": month_key(view.progress.period)}
    record(Event.EXPORTED, actor=actor_of(request.user), subject=study, detail=detail)
    header, rows = PANELS[name].table(view)
    return csv_response(f"{name}-{view.progress.protocol_number}", header, rows)


def _found(request: HttpRequest, study_id: int, asked: Asked) -> Progress:
    found = study_progress(request.user, asked=asked, study_id=study_id)
    if found is None:
        raise Http404("There is no such study.")
    return found


def _view(request: HttpRequest, study_id: int, name: str, asked: Asked) -> StudyView:
    """Return the view of a panel that is there, or 404: unknown and not there look the same."""
    found = _found(request, study_id, asked)
    view = StudyView(found, found.tables) if found.tables else None
    if view is None or name not in PANELS or not PANELS[name].there(view):
        raise Http404("There is no such chart.")
    return view
