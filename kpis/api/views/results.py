"""KPI results: the current ones, or also those that a later submission replaced; and by site."""

import json
from typing import Any

import pandas as pd
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from kpis.engine.terms import RagStatus
from kpis.models import KpiResult
from kpis.submissions.sealing import open_table
from studies.api.filters import id_filter
from vendors.access import Permission
from vendors.api.ground.refusals import RefusalSerializer
from vendors.api.ground.views import Address, ListAddress, RecordAddress

STATUSES = [one.value for one in RagStatus]


class KpiResultSerializer(serializers.ModelSerializer):
    """One KPI for one scope and period. Without a study it is over all of the engagement's."""

    slug = serializers.CharField(source="definition.slug")
    version = serializers.IntegerField(source="definition.version")
    rag = serializers.ChoiceField(choices=STATUSES)
    submission = serializers.IntegerField(source="run.submission_id", allow_null=True)
    computed_at = serializers.DateTimeField(source="run.computed_at")
    current = serializers.SerializerMethodField(help_text="False: a later run took its place.")
    detail = serializers.SerializerMethodField(help_text="What the formula adds to the value.")

    class Meta:
        model = KpiResult
        fields = [
            "id",
            "slug",
            "version",
            "engagement",
            "study",
            "country",
            "period_start",
            "data_cutoff_date",
            "numerator",
            "denominator",
            "value",
            "rag",
            "detail",
            "submission",
            "computed_at",
            "current",
        ]

    def get_current(self, result: KpiResult) -> bool:
        """Say whether its run is the one that counts."""
        return hasattr(result.run, "current")

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_detail(self, result: KpiResult) -> dict[str, Any]:
        """Return the detail as it was kept."""
        return dict(result.detail)


class KpiResultFilters(serializers.Serializer):
    """Filters of results."""

    engagement = id_filter("engagement_id")
    study = id_filter("study_id")
    submission = id_filter("run__submission_id")
    slug = serializers.CharField(source="definition__slug", required=False, max_length=80)
    country = serializers.CharField(
        required=False, max_length=60, allow_blank=True, help_text="Empty: the scope as a whole."
    )
    rag = serializers.ChoiceField(choices=STATUSES, required=False)
    period_from = serializers.DateField(source="period_start__gte", required=False)
    period_to = serializers.DateField(source="period_start__lte", required=False)
    superseded = serializers.BooleanField(
        default=False, help_text="True: also results that a later run replaced."
    )


class _Results(Address):
    model = KpiResult
    permission = Permission.VIEW_DASHBOARDS
    related = ("definition", "run__current", "engagement__sponsor", "engagement__vendor")
    serializer_class = KpiResultSerializer


class KpiResultList(_Results, ListAddress):
    """List KPI results; those that count now, unless asked otherwise."""

    filters = KpiResultFilters

    def asked(self) -> dict[str, Any]:
        """Turn the wish for superseded results into a lookup."""
        asked = super().asked()
        return asked if asked.pop("superseded") else {**asked, "run__current__isnull": False}


class KpiResultRecord(_Results, RecordAddress):
    """Show one KPI result."""


class SiteResultSerializer(serializers.Serializer):
    """The same KPI at one site, from the sealed table of the run."""

    site = serializers.CharField(allow_null=True, help_text="null: rows that name no site.")
    country = serializers.CharField(allow_null=True)
    numerator = serializers.FloatField(allow_null=True)
    denominator = serializers.FloatField(allow_null=True)
    value = serializers.FloatField(allow_null=True)
    rag = serializers.ChoiceField(choices=STATUSES)
    detail = serializers.SerializerMethodField()

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_detail(self, row: dict[str, Any]) -> Any:
        """Return what the formula adds to the value."""
        return json.loads(row["detail"])


class SiteResultList(_Results, ListAddress):
    """List the results by site behind one KPI result of a study; none for a roll-up."""

    serializer_class = SiteResultSerializer

    @extend_schema(responses={200: SiteResultSerializer(many=True), 503: RefusalSerializer})
    def get(self, request: Request, pk: int) -> Response:
        """Answer with one page of sites."""
        result = self.visible_record(pk)
        page = self.paginate_queryset(site_rows(result))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


def site_rows(result: KpiResult) -> list[dict[str, Any]]:
    """Return the rows of the result's KPI, and of its country if it has one, by site.

    Raises storage.SealBroken where the table is not what was sealed.
    """
    if not result.run.site_results_sha256:
        return []
    table = open_table(result.run.site_results_sha256)
    rows = table[table["slug"] == result.definition.slug]
    if result.country:
        rows = rows[rows["country"] == result.country]
    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in rows.sort_values(["site", "country"]).to_dict("records")
    ]
