"""A page of a list: `limit` and `offset`, refused where they make no sense."""

from typing import Any

from rest_framework import serializers
from rest_framework.pagination import LimitOffsetPagination

DEFAULT, MOST = 50, 200
FURTHEST = 10_000_000


class PageSerializer(serializers.Serializer):
    """Which part of a list."""

    limit = serializers.IntegerField(min_value=1, max_value=MOST, default=DEFAULT)
    offset = serializers.IntegerField(min_value=0, max_value=FURTHEST, default=0)


class Pages(LimitOffsetPagination):
    """At most 200 rows at a time."""

    default_limit = DEFAULT
    max_limit = MOST

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any]:
        """Return the rows of the page; raises ValidationError for a page that cannot be."""
        given = PageSerializer(data=request.query_params.dict())
        given.is_valid(raise_exception=True)
        self.asked = given.validated_data
        rows: list[Any] = super().paginate_queryset(queryset, request, view)
        return rows

    def get_limit(self, request: Any) -> int:
        """Return how many rows a page has."""
        return int(self.asked["limit"])

    def get_offset(self, request: Any) -> int:
        """Return how many rows come before the page."""
        return int(self.asked["offset"])

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Say the bounds in the schema."""
        limit: dict[str, Any] = {
            "type": "integer",
            "minimum": 1,
            "maximum": MOST,
            "default": DEFAULT,
        }
        offset = {"type": "integer", "minimum": 0, "maximum": FURTHEST, "default": 0}
        return [
            {"name": "limit", "in": "query", "required": False, "schema": limit}
            | {"description": "How many rows."},
            {"name": "offset", "in": "query", "required": False, "schema": offset}
            | {"description": "How many rows to leave out before them."},
        ]
