"""The page of the search over everything."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from oversight.searching import SHORTEST, search
from vendors.register.listing import Wanted


@login_required
@require_GET
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what holds all words of `?q=`, by kind, as far as this person may see it."""
    words = Wanted.of(request.GET).words
    groups = search(user=request.user, words=words)
    context = {
        "words": words,
        "groups": groups,
        "count": sum(group.count for group in groups),
        "too_short": 0 < len(words) < SHORTEST,
        "shortest": SHORTEST,
    }
    return render(request, "vendors/search.html", context)
