"""Everything a check found, in the order of the files."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kpis.selectors.problem_list import problem_list
from kpis.views.finding import visible_submission
from vendors.access import Permission


@login_required
@never_cache
@require_GET
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """List the findings of the newest check; the address carries the filters."""
    submission = visible_submission(request, pk, Permission.VIEW_SUBMISSIONS)
    found = problem_list(submission=submission, wanted=request.GET.dict())
    return render(request, "kpis/problem_list.html", {"listing": found})
