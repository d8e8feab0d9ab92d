"""Pages of one version of an agreement: its dates, its file, its clauses, its plan and ladder."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from oversight import storage
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from vendors.access import Permission, actor_of, check_permission
from vendors.agreements.forms import ClausesForm, FileForm, RuleForm, StepForm, VersionForm
from vendors.agreements.models import AgreementVersion, CommunicationRule, EscalationStep
from vendors.agreements.services import (
    add_part,
    add_version,
    attach_file,
    change_part,
    change_version,
    note_clauses,
)
from vendors.agreements.views import crumbs_of, visible_agreement
from vendors.register.pages import form_page, saved
from vendors.selectors import visible_history

# What a version consists of besides its dates: word in the address → model, form, heading.
PARTS = {
    "communication": (CommunicationRule, RuleForm, "Communication plan"),
    "escalation": (EscalationStep, StepForm, "Escalation ladder"),
}


def _visible(request: HttpRequest, pk: int, permission: Permission) -> AgreementVersion:
    found = AgreementVersion.objects.visible_to(request.user)
    version: AgreementVersion = get_object_or_404(
        found.select_related("agreement__vendor__sponsor"), pk=pk
    )
    check_permission(request.user, permission, version)
    return version


def _address(version: AgreementVersion, place: str = "") -> str:
    page = reverse("vendors:agreement-detail", args=[version.agreement_id])
    return f"{page}?version={version.pk}{place}"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def version_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a version; what the newest says is carried over."""
    agreement = visible_agreement(request, pk, Permission.EDIT_REGISTER)
    sponsors = (agreement.vendor.sponsor,)
    form = VersionForm(request.POST or None, user=request.user, sponsors=sponsors)
    return form_page(
        request,
        form,
        write=lambda: add_version(
            actor=actor_of(request.user),
            agreement=agreement,
            values=form.values(),
            reason=form.cleaned_data["reason"],
        ),
        leads_to=_address,
        heading=f"{agreement}: add a version",
        lede="Clauses, communication plan and escalation ladder begin as those of the newest one.",
        crumbs=crumbs_of(agreement, "Add a version"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def version_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a version's dates and names, with a reason."""
    version = _visible(request, pk, Permission.EDIT_REGISTER)
    sponsors = (version.agreement.vendor.sponsor,)
    form = VersionForm(request.POST or None, instance=version, user=request.user, sponsors=sponsors)
    return form_page(
        request,
        form,
        write=lambda: change_version(
            actor=actor_of(request.user), version=version, values=form.values(), **form.said()
        ),
        leads_to=_address,
        heading=f"Edit {version}",
        crumbs=crumbs_of(version.agreement, f"Edit {version.label}"),
        history=visible_history(user=request.user, row=version),
    )


@login_required
@require_POST
def version_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the signed file of a version."""
    version = _visible(request, pk, Permission.EDIT_REGISTER)
    form = FileForm(request.POST, request.FILES)
    refused = getattr(request, "upload_refused", "")
    try:
        if refused or not form.is_valid():
            raise ValidationError(refused or list(form.errors["file"]))
        file = form.cleaned_data["file"]
        attach_file(actor=actor_of(request.user), version=version, name=file.name, stream=file.file)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(_address(version, "#file"))


@login_required
@require_GET
def version_download(request: HttpRequest, pk: int) -> FileResponse:
    """Send the signed file; that it was taken is recorded."""
    version = _visible(request, pk, Permission.VIEW_REGISTER)
    if not version.file_sha256:
        raise Http404("This version has no file yet.")
    detail = {"file": version.file_name, "sha256": version.file_sha256}
    actor = actor_of(request.user)
    record(Event.DOWNLOADED, actor=actor, subject=version, detail=detail)
    name = "".join(sign for sign in version.file_name if sign.isprintable()) or "agreement"
    response = FileResponse(
        storage.fetch(version.file_sha256),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def version_clauses(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in the clause check-list."""
    version = _visible(request, pk, Permission.EDIT_REGISTER)
    form = ClausesForm(request.POST or None, version=version)

    def write() -> bool:
        note_clauses(
            actor=actor_of(request.user),
            version=version,
            clauses=form.clauses(),
            reason=form.cleaned_data["reason"],
        )
        return True

    if form.is_valid() and saved(form, write):
        return redirect(_address(version, "#clauses"))
    context = {
        "form": form,
        "version": version,
        "crumbs": crumbs_of(version.agreement, f"Clauses of {version.label}"),
        "back": _address(version, "#clauses"),
    }
    return render(request, "vendors/agreement_clauses.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def part_create(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Add a line of the communication plan or a rung of the escalation ladder."""
    if part not in PARTS:
        raise Http404("There is no such part.")
    version = _visible(request, pk, Permission.EDIT_REGISTER)
    model, form_class, heading = PARTS[part]
    sponsors = (version.agreement.vendor.sponsor,)
    form = form_class(request.POST or None, user=request.user, sponsors=sponsors)
    return form_page(
        request,
        form,
        write=lambda: add_part(
            actor=actor_of(request.user),
            model=model,
            version=version,
            values=form.values(),
            reason=form.cleaned_data["reason"],
        ),
        leads_to=lambda _: _address(version, f"#{part}"),
        heading=f"{heading}: add to {version}",
        crumbs=crumbs_of(version.agreement, heading),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def part_edit(request: HttpRequest, pk: int, part: str, row: int) -> HttpResponse:
    """Change a line or a rung of a version that is not signed yet."""
    if part not in PARTS:
        raise Http404("There is no such part.")
    version = _visible(request, pk, Permission.EDIT_REGISTER)
    model, form_class, heading = PARTS[part]
    found = get_object_or_404(model.objects.visible_to(request.user), pk=row, version=version)
    sponsors = (version.agreement.vendor.sponsor,)
    form = form_class(request.POST or None, instance=found, user=request.user, sponsors=sponsors)
    return form_page(
        request,
        form,
        write=lambda: change_part(
            actor=actor_of(request.user), part=found, values=form.values(), **form.said()
        ),
        leads_to=lambda _: _address(version, f"#{part}"),
        heading=f"{heading}: change",
        crumbs=crumbs_of(version.agreement, heading),
        history=visible_history(user=request.user, row=found),
    )
