"""How far the demo's history is loaded."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from demo.months import WHOLE, expected, loaded

STOP_POLLING = 286  # htmx: show this answer and ask no more


@login_required
def progress(request: HttpRequest) -> HttpResponse:
    """Answer with a notice while months are loading, and with nothing once all are there."""
    if not settings.DEMO:
        raise Http404
    done, whole = loaded(), expected(today=timezone.now().date())
    if done >= whole:
        cache.set(WHOLE, True, timeout=None)
        return HttpResponse(status=STOP_POLLING)
    return render(request, "demo/_progress.html", {"done": done, "whole": whole})
