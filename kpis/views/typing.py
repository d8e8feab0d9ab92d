"""Keeping one field while its writer types, for them alone. See submissions/typed.py."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from kpis.submissions import typed
from kpis.views.finding import visible_submission
from kpis.views.texts import TEXTS
from vendors.access import Permission


@login_required
@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the field that `key` names; what is no field of a form is left."""
    submission = visible_submission(request, pk, Permission.VIEW_SUBMISSIONS)
    key = request.POST.get("key", "")
    form, field = key.partition("|")[0], key.rpartition("|")[2]
    if field in TEXTS.get(form, ()) and request.user.pk is not None:
        typed.keep(request.user.pk, submission.pk, key, request.POST.get(field, ""))
    return HttpResponse(status=204)
