"""Originals and lists of problem cells, as files. Each original taken away is recorded."""

from typing import BinaryIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_GET

from kpis.views.finding import visible_file, visible_problem
from oversight import storage
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from vendors.access import Permission, actor_of


@login_required
@require_GET
def original(request: HttpRequest, pk: int) -> FileResponse:
    """Send a file as it arrived, under the name it had."""
    file = visible_file(request, pk, Permission.VIEW_SUBMISSIONS)
    stream = stored(file.sha256)
    record(
        Event.DOWNLOADED,
        actor=actor_of(request.user),
        subject=file.submission,
        detail={"file": file.name, "sha256": file.sha256},
    )
    return attachment(stream, file.name, "application/octet-stream")


@login_required
@require_GET
def problem_cells(request: HttpRequest, pk: int) -> FileResponse:
    """Send all cells of one problem as CSV."""
    problem = visible_problem(request, pk, Permission.VIEW_SUBMISSIONS)
    name = f"{problem.check_made.submission}-{problem.rule}.csv"
    return attachment(stored(problem.cells_sha256), name, "text/csv; charset=utf-8")


def stored(sha256: str) -> BinaryIO:
    """Open what is kept under the hash; raises Http404 with what to do if it is gone."""
    try:
        stream: BinaryIO = storage.fetch(sha256)
    except FileNotFoundError as error:
        raise Http404("The stored file is missing; restore it from the backup.") from error
    return stream


def attachment(stream: BinaryIO, name: str, content_type: str) -> FileResponse:
    """Answer with the stream; the browser saves it and never guesses what it is."""
    safe = "".join(character for character in name if character.isprintable()) or "file"
    response = FileResponse(stream, as_attachment=True, filename=safe, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response
