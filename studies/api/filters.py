"""What lists of the work can be narrowed by."""

from typing import Any

from rest_framework import serializers

from studies.models import Delegation, Engagement, Obligation, Study
from vendors.api.ground.filters import BIGGEST as BIGGEST
from vendors.api.ground.filters import id_filter as id_filter


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


class ObligationFilters(serializers.Serializer):
    """Filters of obligations."""

    group = serializers.CharField(required=False, max_length=60)
    part312 = serializers.ChoiceField(choices=Obligation.Part312.choices, required=False)
    transferable = serializers.BooleanField(required=False, allow_null=True, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Leave out what was not asked."""
        return {name: value for name, value in attrs.items() if value is not None}


class IndSubmissionFilters(serializers.Serializer):
    """Filters of IND submissions."""

    study = id_filter("study_id")
