"""Sending by a system instead of by hand: how a CRO begins, with its own numbers in the example."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from kpis.due import month_before
from kpis.forms import limit_words
from kpis.selectors.by_system import examples
from kpis.submissions.limits import limits_in_force
from kpis.submissions.reading.longform_shape import MOST_WORDS
from vendors.access import Permission, check_permission


@login_required
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show how to get a token, and one request for each scope of the reader."""
    check_permission(request.user, Permission.UPLOAD)
    today = timezone.now().date()
    found = examples(request.user, on=today, month=month_before(today.replace(day=1)))
    context = {
        "examples": found,
        "address": request.build_absolute_uri(reverse("api:submission-list")),
        "limit_words": limit_words(limits_in_force(*(one.sponsor_id for one in found))),
        "json_words": MOST_WORDS,
    }
    return render(request, "kpis/send_by_system.html", context)
