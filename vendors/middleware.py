"""Puts on each request who acts and what they may do, and attributes what libraries write."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from oversight.audit_trail.attribution import acting
from vendors.access import actor_of, permissions_of


class ActorMiddleware:
    """Set `request.actor` and `request.user_permissions`, both found on first use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request.user))  # type: ignore[attr-defined]  # our seam
        request.user_permissions = SimpleLazyObject(lambda: permissions_of(request.user))  # type: ignore[attr-defined]  # our seam
        # The sign-in library writes by itself (a new password, a second factor); what it writes on
        # behalf of a signed-in person is theirs. All our own writes go through services.
        by_library = request.method == "POST" and request.path.startswith("/accounts/")
        if by_library and request.user.is_authenticated:
            with acting(actor_of(request.user), reason=f"Account page {request.path}"):
                return self.get_response(request)
        return self.get_response(request)
