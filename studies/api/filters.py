"""What lists of the work can be narrowed by."""

from typing import Any

from rest_framework import serializers

from studies.models import Delegation, Engagement, Study

BIGGEST = 2**63 - 1


def id_filter(source: str | None = None, **options: Any) -> serializers.IntegerField:
    """Return a filter by the id of another record."""
    return serializers.IntegerField(
        source=source, min_value=1, max_value=BIGGEST, required=False, **options
    )


class StudyFilters(serializers.Serializer):
    """Filters of studies."""

    protocol_number = serializers.CharField(required=False, max_length=60)
    status = serializers.ChoiceField(choices=Study.Status.choices, required=False)


class SiteFilters(serializers.Serializer):
    """Filters of sites."""

    study = id_filter("study_id")
    country = serializers.CharField(required=False, max_length=60)
    number = serializers.CharField(required=False, max_length=40)


class EngagementFilters(serializers.Serializer):
    """Filters of engagements."""

    cro = id_filter("vendor_id")
    model = serializers.ChoiceField(choices=Engagement.Model.choices, required=False)


class DelegationFilters(serializers.Serializer):
    """Filters of delegations."""

    study = id_filter("study_id")
    engagement = id_filter("engagement_id")
    function = serializers.CharField(source="function__slug", required=False, max_length=60)
    kind = serializers.ChoiceField(choices=Delegation.Kind.choices, required=False)
