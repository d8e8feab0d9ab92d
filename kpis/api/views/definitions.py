"""What each KPI means, as the catalogue says it today."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from kpis.definitions import in_force
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import Asked, Dimension, Direction, Unit
from kpis.engine.wording import formula_words
from vendors.access import Permission
from vendors.api.ground.views import Address, ListAddress


class KpiLimitsSerializer(serializers.Serializer):
    """Passing a limit strictly has its colour; one number, or low and high of a band."""

    amber = serializers.ListField(child=serializers.FloatField())
    red = serializers.ListField(child=serializers.FloatField())


class KpiDefinitionSerializer(serializers.Serializer):
    """One version of one KPI."""

    slug = serializers.CharField()
    version = serializers.IntegerField()
    sha256 = serializers.CharField(source="digest", help_text="Of everything with meaning.")
    name = serializers.CharField()
    question = serializers.CharField(help_text="The question that the KPI answers.")
    rationale = serializers.CharField()
    dimension = serializers.ChoiceField(choices=[one.value for one in Dimension])
    functions = serializers.ListField(
        child=serializers.CharField(), help_text="Delegated functions; “*” is any."
    )
    asked = serializers.ChoiceField(
        choices=[one.value for one in Asked],
        help_text="always: wherever one of its functions is delegated; when-chosen: where the "
        "sponsor has chosen it besides.",
    )
    listings = serializers.ListField(child=serializers.CharField())
    formula = serializers.SerializerMethodField()
    numerator = serializers.CharField(source="numerator_words")
    denominator = serializers.CharField(source="denominator_words")
    minimum_denominator = serializers.IntegerField()
    unit = serializers.ChoiceField(choices=[one.value for one in Unit])
    direction = serializers.ChoiceField(choices=[one.value for one in Direction])
    limits = serializers.SerializerMethodField(help_text="null where the KPI has no colour.")
    effective_from = serializers.DateField()

    def get_formula(self, definition: KpiDefinition) -> str:
        """Say the formula in words."""
        return formula_words(definition)

    @extend_schema_field(KpiLimitsSerializer(allow_null=True))
    def get_limits(self, definition: KpiDefinition) -> dict[str, Any] | None:
        """Return the limits, None where the KPI has no colour."""
        if definition.limits is None:
            return None
        return {name: _numbers(getattr(definition.limits, name)) for name in ("amber", "red")}


def _numbers(limit: Any) -> list[float]:
    return [float(one) for one in limit] if isinstance(limit, tuple) else [float(limit)]


class KpiDefinitionList(ListAddress):
    """List the KPIs of the catalogue, by slug."""

    permission = Permission.VIEW_DASHBOARDS
    serializer_class = KpiDefinitionSerializer

    def get_queryset(self) -> list[KpiDefinition]:
        """Return all definitions: whoever may see dashboards may know what they mean."""
        return [definition for _, definition in sorted(in_force(timezone.localdate()).items())]

    def filter_queryset(self, queryset: Any) -> Any:
        """Nothing to filter."""
        return queryset


class KpiDefinitionRecord(Address):
    """Show one KPI of the catalogue."""

    permission = Permission.VIEW_DASHBOARDS
    serializer_class = KpiDefinitionSerializer

    def get(self, request: Request, slug: str) -> Response:
        """Answer with the definition."""
        definition = in_force(timezone.localdate()).get(slug)
        if definition is None:
            raise Http404("The catalogue has no such KPI.")
        return Response(self.get_serializer(definition).data)
