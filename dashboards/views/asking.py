"""What every dashboard page does first: the permission, and the period and day asked for."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from dashboards.links import address
from dashboards.periods import Asked, read_asked
from vendors.access import Permission, check_permission

View = Callable[..., HttpResponseBase]


def dashboard(view: View) -> View:
    """Ask for a signed-in person who may see dashboards; pass `asked` to the view."""

    @login_required
    @require_safe
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        check_permission(request.user, Permission.VIEW_DASHBOARDS)
        return view(request, *args, asked=asked_of(request.GET), **kwargs)

    return page


def asked_of(query: Mapping[str, str]) -> Asked:
    """Return period and day of the address; 404 for what is neither."""
    try:
        return read_asked(
            query.get("period", ""), query.get("known", ""), today=timezone.now().date()
        )
    except ValueError as error:
        raise Http404("There is no such period or day.") from error


def number(query: Mapping[str, str], name: str) -> int | None:
    """Return a parameter as a whole number, None without it; 404 for anything else."""
    text = query.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise Http404("There is no such page.")
    return int(text)


def home(asked: Asked) -> list[tuple[str, str]]:
    """Return the first crumb: the portfolio in the same period and day."""
    return [("Portfolio", address("portfolio", period=asked.period, known=asked.known))]
