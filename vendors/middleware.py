"""Puts on each request who acts and what they may do, and attributes what libraries write."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.functional import SimpleLazyObject

from oversight.audit_trail.attribution import acting
from vendors.access import actor_of, permissions_of

ACCOUNT_PAGES = "/accounts/"


class ActorMiddleware:
    """Set `request.actor` and `request.user_permissions`, both found on first use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request.user))  # type: ignore[attr-defined]  # our seam
        request.user_permissions = SimpleLazyObject(lambda: permissions_of(request.user))  # type: ignore[attr-defined]  # our seam
        # The sign-in library writes by itself (a new password, a second factor); what it writes is
        # the signed-in person's, or a visitor's where a password is set by mail. All our own writes
        # go through services.
        if request.method == "POST" and request.path.startswith(ACCOUNT_PAGES):
            reason = f"Account page {_page(request.path_info)}"
            with acting(actor_of(request.user), reason=reason), transaction.atomic():
                response = self.get_response(request)
                # An error page: what the library had half written is not kept.
                if response.status_code >= 500:
                    transaction.set_rollback(True)
            return response
        return self.get_response(request)


def _page(path: str) -> str:
    """Name the page and not its address: that of a password reset carries the key."""
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return "unknown"
