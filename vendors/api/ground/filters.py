"""Filters that lists of every floor share."""

from typing import Any

from rest_framework import serializers

BIGGEST = 2**63 - 1


def id_filter(source: str | None = None, **options: Any) -> serializers.IntegerField:
    """Return a filter by the id of another record."""
    return serializers.IntegerField(
        source=source,
        min_value=1,
        max_value=BIGGEST,
        required=False,
        **options,
    )
