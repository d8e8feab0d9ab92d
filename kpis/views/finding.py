"""How every view of this floor begins and ends: visible or 404, allowed or 403, done or told."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from kpis.models import Problem, Submission, SubmittedFile
from kpis.selectors.submission_page import with_relations
from kpis.submissions.states import StepRefused
from kpis.views.texts import keep_or_forget
from vendors.access import Permission, check_permission


def visible_submission(request: HttpRequest, pk: int, permission: Permission) -> Any:
    """Return the submission with its relations; raises Http404 or PermissionDenied."""
    visible = with_relations(Submission.objects.visible_to(request.user))
    submission = get_object_or_404(visible, pk=pk)
    check_permission(request.user, permission, submission)
    return submission


def visible_file(request: HttpRequest, pk: int, permission: Permission) -> Any:
    """Return the file; raises Http404 or PermissionDenied."""
    visible = SubmittedFile.objects.visible_to(request.user)
    file = get_object_or_404(visible.select_related("submission__engagement"), pk=pk)
    check_permission(request.user, permission, file)
    return file


def visible_problem(request: HttpRequest, pk: int, permission: Permission) -> Any:
    """Return the problem; raises Http404 or PermissionDenied."""
    visible = Problem.objects.visible_to(request.user)
    problem = get_object_or_404(
        visible.select_related("check_made__submission__engagement", "explained_by"), pk=pk
    )
    check_permission(request.user, permission, problem)
    return problem


def take_step(
    request: HttpRequest,
    submission_pk: int,
    step: Callable[[], object],
    *,
    form: forms.Form | None = None,
    done: str = "",
    place: str = "",
    address: str = "",
    refused_at: str = "",
) -> HttpResponse:
    """Take the step if the form is valid; say what came of it and go back to the page.

    `place` is the id on the page to which the browser returns, `address` another page;
    `refused_at` is the page to which it returns when the step was refused.
    """
    taken = False
    if form is not None and not form.is_valid():
        for errors in form.errors.values():
            for sentence in errors:
                messages.error(request, str(sentence))
    else:
        try:
            step()
        except StepRefused as refused:
            messages.error(request, str(refused))
        else:
            taken = True
            if done:
                messages.success(request, done)
    keep_or_forget(request, submission_pk, taken=taken)
    if refused_at and not taken:
        return redirect(refused_at)
    address = address or reverse("kpis:submission-detail", args=[submission_pk])
    return redirect(f"{address}#{place}" if place else address)


def cells_address(file: SubmittedFile, sent: Mapping[str, Any]) -> str:
    """Return the page of the cell that a form was about."""
    place = {"file": file.pk, "sheet": sent.get("sheet", ""), "at": sent.get("at", "")}
    return (
        f"{reverse('kpis:submission-cells', args=[file.submission_id])}?{urlencode(place)}#chosen"
    )


def revision_of(request: HttpRequest) -> int | None:
    """Return which revision of the submission the form saw; None if it does not say."""
    told = request.POST.get("revision", "")
    return int(told) if told.isdecimal() and len(told) < 10 else None
