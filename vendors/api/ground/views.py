"""How every address of the API begins: known or 401, not too often or 429, allowed or 403.

A list shows what `visible_to` leaves, filtered as asked; a record that is not among it is a 404.
"""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.generics import GenericAPIView
from rest_framework.mixins import ListModelMixin
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from vendors.access import Permission, VisibleModel, check_permission
from vendors.api.ground.throttling import StrangerThrottle


class ThrottledForStrangers(APIView):
    """Counts who comes without a valid token or session, by network address."""

    permission_classes = [IsAuthenticated]
    http_method_names = ["get", "head", "post", "patch"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse strangers with 401, and with 429 once there were too many of them."""
        try:
            super().initial(request, *args, **kwargs)
        except (AuthenticationFailed, NotAuthenticated):
            throttle = StrangerThrottle()
            if not throttle.allow_request(request, self):
                self.throttled(request, throttle.wait())
            raise

    def finalize_response(self, *args: Any, **kwargs: Any) -> Any:
        """Have nobody on the way keep the answer."""
        response = super().finalize_response(*args, **kwargs)
        add_never_cache_headers(response)
        return response


class Address(ThrottledForStrangers, GenericAPIView):
    """An address about rows of one model.

    `permission` is what a role must allow; `related` is loaded with each row, in one statement;
    `many` in one more for each step of its path.
    """

    model: ClassVar[type[VisibleModel]]
    permission: ClassVar[Permission]
    related: ClassVar[tuple[str, ...]] = ()
    many: ClassVar[tuple[str, ...]] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check the permission before anything of the request is read."""
        super().initial(request, *args, **kwargs)
        check_permission(request.user, self.permission_needed())

    def permission_needed(self) -> Permission:
        """Return what this request needs."""
        return self.permission

    def get_queryset(self) -> Any:
        """Return the rows that the caller may see."""
        rows = self.model.objects.visible_to(self.request.user)
        return (rows.select_related(*self.related) if self.related else rows).prefetch_related(
            *self.many
        )

    def visible_record(self, pk: int) -> Any:
        """Return the record; raises Http404 or PermissionDenied."""
        row = get_object_or_404(self.get_queryset(), pk=pk)
        check_permission(self.request.user, self.permission, row)
        return row


class ListAddress(ListModelMixin, Address):
    """A list. `filters` is the serializer of its query parameters; a `source` is an ORM lookup."""

    filters: ClassVar[type[Serializer] | None] = None

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with one page."""
        answer: Response = self.list(request)
        return answer

    def filter_queryset(self, queryset: Any) -> Any:
        """Keep the rows asked for; raises ValidationError for a filter that makes no sense."""
        return queryset.filter(**self.asked()).order_by("pk")

    def asked(self) -> dict[str, Any]:
        """Return the filters given, checked, as ORM lookups."""
        if self.filters is None:
            return {}
        given = self.filters(data=self.request.query_params.dict())
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)


class RecordAddress(Address):
    """One record, by its id."""

    def get(self, request: Request, pk: int) -> Response:
        """Answer with the record."""
        return Response(self.get_serializer(self.visible_record(pk)).data)
