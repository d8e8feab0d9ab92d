"""Files given back with their cells marked: asking for one, seeing how far it is, taking it."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kpis.selectors.marked import marked_states
from kpis.submissions.marking.make import ask_for_marked, marked_name, marked_of
from kpis.views.downloads import attachment, stored
from kpis.views.finding import take_step, visible_file, visible_submission
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from vendors.access import Permission, actor_of

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the marked copy of a file made."""
    file = visible_file(request, pk, Permission.VIEW_SUBMISSIONS)
    return take_step(request, file.submission_id, lambda: ask_for_marked(file), place="marked")


@login_required
@never_cache
@require_GET
def making(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the marked copies of a submission as they are now, as a part of its page."""
    submission = visible_submission(request, pk, Permission.VIEW_SUBMISSIONS)
    if not request.headers.get("HX-Request"):
        return redirect("kpis:submission-detail", pk)
    states = marked_states(submission, submission.checks.last())
    return render(request, "kpis/_marked.html", {"marked": states, "submission": submission})


@login_required
@require_GET
def download(request: HttpRequest, pk: int) -> FileResponse:
    """Send the marked copy of a file; taking it is recorded."""
    file = visible_file(request, pk, Permission.VIEW_SUBMISSIONS)
    made = marked_of(file, file.submission.checks.last())
    if made is None:
        raise Http404("The marked copy is not made yet. Ask for it on the page of the submission.")
    stream = stored(made.sha256)
    record(
        Event.DOWNLOADED,
        actor=actor_of(request.user),
        subject=file.submission,
        detail={"file": marked_name(file), "sha256": made.sha256},
    )
    return attachment(stream, marked_name(file), WORKBOOK)
