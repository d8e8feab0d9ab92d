"""Mending a submission: files in and out, the cut-off, explanations, sites; who does it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kpis.forms import CutoffForm, ExplanationForm, FilesForm, uploads_of
from kpis.submissions import handing, receive
from kpis.submissions.submit import add_sites, explain
from kpis.views.finding import (
    revision_of,
    take_step,
    visible_file,
    visible_problem,
    visible_submission,
)
from vendors.access import Permission, actor_of


@login_required
@require_POST
def add_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Add files, in place of another one if the form names it."""
    submission = visible_submission(request, pk, Permission.UPLOAD)
    form = FilesForm(request.POST, request.FILES)
    if refused := getattr(request, "upload_refused", ""):
        messages.error(request, refused)
        return redirect("kpis:submission-detail", pk)
    wanted = request.POST.get("replaces", "")
    replaced = get_object_or_404(submission.files, pk=wanted) if wanted.isdecimal() else None
    return take_step(
        request,
        pk,
        lambda: receive.add_files(
            actor=actor_of(request.user),
            submission=submission,
            uploads=uploads_of(form.cleaned_data["uploads"]),
            replaces=replaced,
            now=timezone.now(),
            revision=revision_of(request),
        ),
        form=form,
    )


@login_required
@require_POST
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one file out; its bytes are kept."""
    file = visible_file(request, pk, Permission.UPLOAD)
    return take_step(
        request,
        file.submission_id,
        lambda: receive.set_aside(
            actor=actor_of(request.user),
            file=file,
            now=timezone.now(),
            revision=revision_of(request),
        ),
        done=f"{file.name} was taken out. Its bytes are kept.",
    )


@login_required
@require_POST
def confirm_cutoff(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the data cut-off date."""
    submission = visible_submission(request, pk, Permission.UPLOAD)
    form = CutoffForm(request.POST, today=timezone.now().date())
    return take_step(
        request,
        pk,
        lambda: receive.confirm_cutoff(
            actor=actor_of(request.user),
            submission=submission,
            data_cutoff_date=form.cleaned_data["data_cutoff_date"],
            now=timezone.now(),
            revision=revision_of(request),
        ),
        form=form,
    )


@login_required
@require_POST
def explain_problem(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the explanation of a warning."""
    problem = visible_problem(request, pk, Permission.UPLOAD)
    form = ExplanationForm(request.POST)
    return take_step(
        request,
        problem.check_made.submission_id,
        lambda: explain(
            actor=actor_of(request.user),
            problem=problem,
            explanation=form.cleaned_data["explanation"],
            now=timezone.now(),
            seen=form.cleaned_data["seen"],
            revision=revision_of(request),
        ),
        form=form,
        place=f"problem-{problem.rule}",
    )


@login_required
@require_POST
def add_unknown_sites(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the ticked sites to the study."""
    submission = visible_submission(request, pk, Permission.UPLOAD)
    keys = request.POST.getlist("site")
    return take_step(
        request,
        pk,
        lambda: add_sites(
            actor=actor_of(request.user),
            submission=submission,
            keys=keys,
            now=timezone.now(),
            revision=revision_of(request),
        ),
        done="The sites were added. The files are checked again.",
    )


@login_required
@require_POST
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the submission over from the colleague who has it in hand."""
    submission = visible_submission(request, pk, Permission.UPLOAD)
    return take_step(
        request,
        pk,
        lambda: handing.take_over(
            actor=actor_of(request.user), submission=submission, now=timezone.now()
        ),
        done="It is yours now. Your colleague is told at their next change.",
    )
