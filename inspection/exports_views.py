"""Pages of inspection packs: list, ask, see, download."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from inspection.forms import ExportForm, asked_again
from inspection.models import InspectionExport
from inspection.selectors import export_page, export_row, member_rows
from inspection.services import RequestRefused, record_download, request_export
from oversight import storage
from vendors.access import Permission, actor_of, check_permission
from vendors.register.pages import number_of

LIST = "inspection:export-list"
GONE = "The stored pack is not what was sealed. Ask for it again: it comes out the same."


@login_required
@never_cache
@require_GET
def export_list(request: HttpRequest) -> HttpResponse:
    """List the packs that were asked for, each with how far it is."""
    check_permission(request.user, Permission.EXPORT)
    page, rows = export_page(user=request.user, number=request.GET.get("page", "1"))
    context = {"page": page, "rows": rows, "waiting": any(row.waiting for row in rows)}
    fragment = request.headers.get("HX-Request") == "true"
    template = "inspection/_export_rows.html" if fragment else "inspection/export_list.html"
    return render(request, template, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def export_create(request: HttpRequest) -> HttpResponse:
    """Ask for a pack; `?scope=` names a study or CRO, `?like=` an earlier pack."""
    check_permission(request.user, Permission.EXPORT)
    now = timezone.now()
    form = ExportForm(
        request.POST or None, user=request.user, today=now.date(), initial=_initial(request)
    )
    if form.is_valid():
        try:
            export = request_export(actor=actor_of(request.user), **form.cleaned_data, now=now)
        except RequestRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("inspection:export-detail", export.pk)
    crumbs = [("Inspection", reverse(LIST)), ("Ask for a pack", "")]
    return render(request, "inspection/export_form.html", {"form": form, "crumbs": crumbs})


@login_required
@never_cache
@require_GET
def export_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one pack: where it stands, what is in it, how it is checked."""
    export = _visible(request, pk)
    crumbs = [("Inspection", reverse(LIST)), (str(export), "")]
    context = {"row": export_row(export), "members": member_rows(export), "crumbs": crumbs}
    return render(request, "inspection/export_detail.html", context)


@login_required
@never_cache
@require_GET
def export_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with how far the pack is; once it is done, have the page load itself anew."""
    row = export_row(_visible(request, pk))
    response = render(request, "inspection/_export_progress.html", {"row": row})
    if not row.waiting:
        response["HX-Refresh"] = "true"
    return response


@login_required
@require_GET
def export_download(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """Send the pack, checked against its seal; who took it away is recorded."""
    export = _visible(request, pk)
    if export.state != InspectionExport.State.READY:
        messages.error(request, "This pack is not ready.")
        return redirect("inspection:export-detail", pk)
    stream = _sealed(export)
    if stream is None:
        messages.error(request, GONE)
        return redirect("inspection:export-detail", pk)
    record_download(actor=actor_of(request.user), export=export)
    response = FileResponse(
        stream, as_attachment=True, filename=export.file_name, content_type="application/zip"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _visible(request: HttpRequest, pk: int) -> InspectionExport:
    """Return the pack; raises Http404 or PermissionDenied."""
    rows = InspectionExport.objects.visible_to(request.user)
    export: InspectionExport = get_object_or_404(
        rows.select_related("study", "vendor", "requester", "sponsor"), pk=pk
    )
    check_permission(request.user, Permission.EXPORT, export)
    return export


def _sealed(export: InspectionExport) -> Any:
    """Return the stored pack from its start, or None where it is lost or is another."""
    try:
        stream = storage.fetch(export.sha256)
    except FileNotFoundError:
        return None
    if storage.digest(stream) != export.sha256:
        stream.close()
        return None
    stream.seek(0)
    return stream


def _initial(request: HttpRequest) -> dict[str, Any]:
    like = number_of(request.GET.get("like"))
    if like is not None:
        export = InspectionExport.objects.visible_to(request.user).filter(pk=like).first()
        return asked_again(export) if export else {}
    return {"scope": request.GET.get("scope", "")}
