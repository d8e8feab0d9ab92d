"""What the API says of a comparison: counts by listing, and the KPIs before and after."""

from typing import Any

from rest_framework import serializers

from kpis.engine.terms import RagStatus
from kpis.models import Comparison, TableComparison

STATUSES = [one.value for one in RagStatus]


class TableComparisonSerializer(serializers.ModelSerializer):
    """One listing: rows counted one by one, also where two are alike."""

    class Meta:
        model = TableComparison
        fields = ["listing", "new", "changed", "gone", "unchanged"]


class SideSerializer(serializers.Serializer):
    """One side of a KPI."""

    value = serializers.FloatField(allow_null=True)
    rag = serializers.ChoiceField(choices=STATUSES)
    numerator = serializers.FloatField(allow_null=True)
    denominator = serializers.FloatField(allow_null=True)


class ColourSerializer(serializers.Serializer):
    """A KPI that acceptance would compute, for a study or (null) over all."""

    slug = serializers.CharField()
    version = serializers.IntegerField()
    study = serializers.IntegerField(allow_null=True)
    before = SideSerializer(allow_null=True, help_text="null where it has no result yet.")
    after = SideSerializer()


class ComparisonSerializer(serializers.ModelSerializer):
    """What changed since the last accepted submission of the scope."""

    against = serializers.IntegerField(
        source="against_id",
        allow_null=True,
        help_text="The submission compared with: of the same month, which this one restates, else "
        "of the latest before. null where nothing was accepted.",
    )
    restates = serializers.SerializerMethodField(help_text="Whether it is of the same month.")
    tables = TableComparisonSerializer(many=True)
    colours = ColourSerializer(many=True)

    class Meta:
        model = Comparison
        fields = ["against", "compared_at", "restates", "tables", "colours"]

    def get_restates(self, comparison: Comparison) -> bool:
        """Tell whether the submission would restate the one compared with."""
        check: Any = comparison.check_made
        cutoff = check.data_cutoff_date or check.proposed_cutoff_date
        against = comparison.against
        return (
            against is not None
            and cutoff is not None
            and (against.period_start == cutoff.replace(day=1))
        )
