"""Handing over and taking back by the CRO; accepting and returning by the sponsor."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kpis.forms import AcceptForm, ReasonForm, ReturnForm
from kpis.submissions import decide
from kpis.submissions import submit as handing_over
from kpis.views.finding import take_step, visible_submission
from vendors.access import Permission, actor_of

MOST_CHARACTERS = 2000


@login_required
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the submission over to the sponsor."""
    submission = visible_submission(request, pk, Permission.SUBMIT)
    return take_step(
        request,
        pk,
        lambda: handing_over.submit(
            actor=actor_of(request.user),
            submission=submission,
            now=timezone.now(),
            reason=request.POST.get("reason", "")[:MOST_CHARACTERS],
        ),
    )


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the submission back, with a reason."""
    submission = visible_submission(request, pk, Permission.SUBMIT)
    form = ReasonForm(request.POST)
    return take_step(
        request,
        pk,
        lambda: handing_over.withdraw(
            actor=actor_of(request.user),
            submission=submission,
            reason=form.cleaned_data["reason"],
        ),
        form=form,
    )


@login_required
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept what was submitted; the KPIs are computed next."""
    submission = visible_submission(request, pk, Permission.DECIDE)
    form = AcceptForm(request.POST)
    return take_step(
        request,
        pk,
        lambda: decide.accept(
            actor=actor_of(request.user),
            submission=submission,
            comment=form.cleaned_data["comment"],
            now=timezone.now(),
        ),
        form=form,
        done="Accepted. The KPIs are being computed.",
    )


@login_required
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return what was submitted, with a comment."""
    submission = visible_submission(request, pk, Permission.DECIDE)
    form = ReturnForm(request.POST)
    return take_step(
        request,
        pk,
        lambda: decide.send_back(
            actor=actor_of(request.user),
            submission=submission,
            comment=form.cleaned_data["comment"],
            now=timezone.now(),
        ),
        form=form,
    )
