"""Handing over and taking back by the CRO; accepting and returning by the sponsor."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kpis.forms import AcceptForm, ReasonForm, ReturnForm, SubmitForm
from kpis.submissions import decide
from kpis.submissions import submit as handing_over
from kpis.views.finding import revision_of, take_step, visible_submission
from vendors.access import Permission, actor_of


def _step(
    permission: Permission,
    form_type: type[forms.Form],
    service: Callable[..., object],
    *,
    timed: bool = True,
    done: str = "",
) -> Callable[[HttpRequest, int], HttpResponse]:
    """Return the view that takes one step: its form's fields are the service's further words.

    A `timed` step keeps when it was taken.
    """

    @login_required
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        submission = visible_submission(request, pk, permission)
        form = form_type(request.POST)

        def take() -> None:
            words: dict[str, Any] = form.cleaned_data
            words |= {"now": timezone.now()} if timed else {}
            service(
                actor=actor_of(request.user),
                submission=submission,
                revision=revision_of(request),
                **words,
            )

        return take_step(request, pk, take, form=form, done=done)

    return view


submit = _step(Permission.SUBMIT, SubmitForm, handing_over.submit)
withdraw = _step(Permission.SUBMIT, ReasonForm, handing_over.withdraw, timed=False)
accept = _step(
    Permission.DECIDE, AcceptForm, decide.accept, done="Accepted. The KPIs are being computed."
)
send_back = _step(Permission.DECIDE, ReturnForm, decide.send_back)
