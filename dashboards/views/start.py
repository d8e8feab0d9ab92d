"""Where somebody lands after signing in: the first page that their role may use."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from oversight.look.navigation import nav_links
from vendors.access import permissions_of


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the first entry of the person's menu; without one, say what to do."""
    links = nav_links(permissions=permissions_of(request.user), path=request.path)
    if links:
        return redirect(links[0].url)
    return render(request, "dashboards/nobody.html")
