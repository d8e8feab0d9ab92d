"""Gives each request an id that every entry it leaves in the audit trail carries."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from oversight.audit_trail.attribution import request_id


class RequestIdMiddleware:
    """Name the request, for the audit trail and for the response's header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(uuid.uuid4().hex)
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            return response
        finally:
            request_id.reset(token)
