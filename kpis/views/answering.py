"""Cells of a submission: looking at them, commenting on them, correcting one in place."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kpis.answer_forms import CellCommentForm, CellCorrectionForm
from kpis.models import CellComment, CellCorrection
from kpis.selectors.sheet_page import sheet_page
from kpis.submissions import commenting, correcting, typed
from kpis.views.finding import (
    cells_address,
    revision_of,
    take_step,
    visible_file,
    visible_submission,
)
from vendors.access import Permission, actor_of, check_permission


@login_required
@require_GET
def cells(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one sheet of what was sent, with what was found and said of its cells."""
    submission = visible_submission(request, pk, Permission.VIEW_SUBMISSIONS)
    page = sheet_page(user=request.user, submission=submission, wanted=request.GET.dict())
    if page is None:
        raise Http404("No file of this submission was read.")
    return render(
        request,
        "kpis/submission_cells.html",
        {"page": page, "typed": typed.of(request.user.pk, pk)},
    )


@login_required
@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a comment on a cell, a row or the sheet."""
    file = visible_file(request, pk, Permission.DECIDE)
    form = CellCommentForm(request.POST)
    return take_step(
        request,
        file.submission_id,
        lambda: commenting.comment_on(
            actor=actor_of(request.user), file=file, now=timezone.now(), **form.cleaned_data
        ),
        form=form,
        done="Kept. The CRO reads it when you return the submission.",
        address=cells_address(file, request.POST),
    )


@login_required
@require_POST
def take_comment_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a comment back that the CRO has not been given."""
    visible = CellComment.objects.visible_to(request.user).select_related("submission__engagement")
    found = get_object_or_404(visible, pk=pk)
    check_permission(request.user, Permission.DECIDE, found)
    return take_step(
        request,
        found.submission_id,
        lambda: commenting.take_comment_back(
            actor=actor_of(request.user), comment=found, now=timezone.now()
        ),
        place="comments",
    )


@login_required
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Have one cell read otherwise, with a reason; the file stays as it is."""
    file = visible_file(request, pk, Permission.UPLOAD)
    form = CellCorrectionForm(request.POST)
    return take_step(
        request,
        file.submission_id,
        lambda: correcting.correct(
            actor=actor_of(request.user),
            file=file,
            now=timezone.now(),
            revision=revision_of(request),
            **form.cleaned_data,
        ),
        form=form,
        done="Kept. The files are read again with this value; the file itself stays as it is.",
        refused_at=cells_address(file, request.POST),
        place="corrections",
    )


@login_required
@require_POST
def take_correction_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the cell read as the file holds it again."""
    visible = CellCorrection.objects.visible_to(request.user)
    found = get_object_or_404(visible.select_related("submission__engagement", "file"), pk=pk)
    check_permission(request.user, Permission.UPLOAD, found)
    return take_step(
        request,
        found.submission_id,
        lambda: correcting.take_correction_back(
            actor=actor_of(request.user),
            correction=found,
            now=timezone.now(),
            revision=revision_of(request),
        ),
        place="corrections",
    )
