"""The document of a study on a day, on a page and as a file, and what changed between two days."""

import hashlib
import re
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from oversight.look.times import day_text
from studies.models import Study
from studies.toro.asked import Asked, Between
from studies.toro.changes import changes_of
from studies.toro.document import Document, document
from studies.toro.files import TYPES, pdf, workbook
from studies.views.ind import crumbs_of, own_study
from vendors.access import Permission, actor_of


@login_required
@require_GET
def document_page(request: HttpRequest, study_pk: int) -> HttpResponse:
    """Show the document; `?on=` a day, `?known=` as recorded by a day, `?list=narrow`, `?cro=`."""
    study = own_study(request, study_pk, Permission.VIEW_SPONSOR)
    asked = Asked.of(request.GET, today=timezone.localdate())
    found = _document(request, study, asked)
    context = {
        "study": study,
        "found": found,
        "asked": asked,
        "query": urlencode(asked.parameters()),
        "crumbs": crumbs_of(study, (found.title, "")),
    }
    return render(request, "studies/toro.html", context)


@login_required
@never_cache
@require_GET
def document_file(request: HttpRequest, study_pk: int, kind: str) -> HttpResponse:
    """Send the document as XLSX or PDF; that it was taken is recorded."""
    study = own_study(request, study_pk, Permission.VIEW_SPONSOR)
    if kind not in TYPES:
        raise Http404("The document comes as xlsx or pdf.")
    asked = Asked.of(request.GET, today=timezone.localdate())
    if asked.problems:
        raise Http404(" ".join(asked.problems))
    found = _document(request, study, asked)
    if kind == "pdf":
        content = pdf(found)
    else:
        steps = changes_of(user=request.user, study=study, after=asked.since, until=asked.on)
        since = f"from {day_text(asked.since)}" if asked.since else "from the beginning"
        content = workbook(found, steps, since=since)
    sha256 = hashlib.sha256(content).hexdigest()
    detail = {"document": found.title, "kind": kind, "sha256": sha256, **asked.parameters()}
    record(Event.EXPORTED, actor=actor_of(request.user), subject=study, detail=detail)
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{_file_name(found)}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_GET
def changes_page(request: HttpRequest, study_pk: int) -> HttpResponse:
    """Say what changed between two days, and what it asks of the agreements and the IND."""
    study = own_study(request, study_pk, Permission.VIEW_SPONSOR)
    asked = Between.of(request.GET, today=timezone.localdate())
    found = changes_of(user=request.user, study=study, after=asked.after, until=asked.until)
    context = {
        "study": study,
        "asked": asked,
        "moving": [change for change in found if change.moves],
        "staying": [change for change in found if not change.moves],
        "device": study.product_type == Study.ProductType.DEVICE,
        "crumbs": crumbs_of(
            study,
            ("Transfer of obligations", reverse("studies:toro", args=[study_pk])),
            ("Changes", ""),
        ),
    }
    return render(request, "studies/toro_changes.html", context)


def _document(request: HttpRequest, study: Study, asked: Asked) -> Document:
    """Return the document; of a CRO that holds nothing here there is no part."""
    found = document(user=request.user, study=study, **asked.values())
    if asked.cro is not None and not found.part:
        raise Http404("This CRO holds nothing on this study.")
    return found


def _file_name(found: Document) -> str:
    kind = "delegation-of-tasks" if found.device else "toro"
    parts = (kind, "part-312" * found.narrow, found.study, found.part, found.on.isoformat())
    kept = re.sub(r"[^0-9A-Za-z]+", "-", " ".join(part for part in parts if part))
    return kept.strip("-")
