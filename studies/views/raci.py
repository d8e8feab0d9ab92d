"""RACI of a study on a day of the address: the page, and the same rows as CSV and XLSX."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from studies.models import Study
from studies.selectors.raci import HEADINGS, Raci, raci
from studies.views.asked import day_of, region_of
from vendors.access import Permission, actor_of, check_permission
from vendors.regions import Region
from vendors.register.exporting import csv_response, workbook_response


def _raci(request: HttpRequest, pk: int) -> tuple[Study, Raci]:
    visible = Study.objects.visible_to(request.user).select_related("sponsor")
    study = get_object_or_404(visible, pk=pk)
    check_permission(request.user, Permission.VIEW_REGISTER, study)
    on = day_of(request, "on", otherwise=timezone.localdate())
    return study, raci(user=request.user, study=study, on=on, region=region_of(request))


@login_required
@require_GET
def study_raci(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who does, answers for, advises on and is told about each function on a day."""
    study, found = _raci(request, pk)
    context = {
        "study": study,
        "raci": found,
        "region": region_of(request),
        "regions": Region.choices,
        "crumbs": [
            ("Studies", reverse("studies:study-list")),
            (str(study), reverse("studies:study-detail", args=[pk])),
            ("RACI", ""),
        ],
    }
    return render(request, "studies/study_raci.html", context)


@login_required
@require_GET
def study_raci_file(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """Download the rows as `csv` or `xlsx`; that somebody did is recorded."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    study, found = _raci(request, pk)
    rows = [row.cells() for row in found.rows]
    detail = {"list": "RACI", "rows": len(rows), "on": found.on.isoformat(), "format": kind}
    record(Event.EXPORTED, actor=actor_of(request.user), subject=study, detail=detail)
    name = f"raci-{slugify(study.protocol_number)}-{found.on.isoformat()}"
    if kind == "csv":
        return csv_response(name, HEADINGS, rows)
    return workbook_response(name, "RACI", HEADINGS, rows)
