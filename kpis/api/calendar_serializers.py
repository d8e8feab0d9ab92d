"""What the API says of the calendar: what is due, by when, where it stands, what was waived."""

import re
from datetime import date
from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kpis.engine.tables import LISTINGS
from kpis.models import Waiver
from kpis.standing import Entry, Standing
from studies.api.filters import BIGGEST, id_filter

FIRST_YEAR, LAST_YEAR = 1990, 2100


FORM = "[0-9]{4}-(0[1-9]|1[0-2])"


@extend_schema_field({"type": "string", "pattern": f"^{FORM}$", "example": "2026-10"})
class MonthField(serializers.CharField):
    """A month such as 2026-10, as its first day."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the first day; raises ValidationError for what is no month."""
        text = super().to_internal_value(data)
        if not re.fullmatch(FORM, text):
            raise serializers.ValidationError("Write the month as 2026-10.")
        if not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
            raise serializers.ValidationError("There is no such month here.")
        return date.fromisoformat(f"{text}-01")

    def to_representation(self, value: date) -> str:
        """Write the month."""
        return f"{value:%Y-%m}"


class CalendarFilters(serializers.Serializer):
    """Which month, and what of it."""

    period = MonthField(required=False, help_text="2026-10; the last month unless given.")
    engagement = id_filter("engagement_id")
    study = id_filter("study_id")


class DueSerializer(serializers.Serializer):
    """One submission that is due: what is asked for, by when, and where it stands today."""

    engagement = serializers.IntegerField(source="due.engagement_id")
    study = serializers.IntegerField(
        source="due.study_id",
        allow_null=True,
        help_text="null for one across the engagement's studies.",
    )
    period = MonthField()
    due_by = serializers.DateField(source="due_day.day")
    standing = serializers.ChoiceField(choices=[one.value for one in Standing])
    words = serializers.CharField(help_text="Where it stands, in words.")
    overdue = serializers.BooleanField()
    listings = serializers.SerializerMethodField(help_text="What is asked for.")
    waived = serializers.SerializerMethodField(help_text="What the sponsor does without.")
    submission = serializers.IntegerField(
        source="came.submission_id",
        allow_null=True,
        default=None,
        help_text="The submission that came for it; null while none did.",
    )
    page = serializers.SerializerMethodField(help_text="Where a person sees it in the browser.")

    def get_listings(self, entry: Entry) -> list[str]:
        """Name the listings that are asked for."""
        return [name for name in LISTINGS if name in entry.asked]

    def get_waived(self, entry: Entry) -> list[str]:
        """Name the listings that were waived."""
        return [name for name in LISTINGS if name in entry.due.listings - entry.asked]

    def get_page(self, entry: Entry) -> str:
        """Return the address of the page."""
        place = (entry.due.engagement_id, entry.due.study_id or 0, f"{entry.period:%Y-%m}")
        path = reverse("kpis:due-submission", args=place)
        address: str = self.context["request"].build_absolute_uri(path)
        return address


class WaiverFilters(serializers.Serializer):
    """Filters of waivers."""

    engagement = id_filter("engagement_id")
    study = id_filter("study_id")
    period = MonthField(source="period_start", required=False)


class WaiverSerializer(serializers.ModelSerializer):
    """What the sponsor does without for a month, why, and whether that still holds."""

    period = MonthField(source="period_start")
    listing = serializers.CharField(help_text="Empty: all that is due.")
    waived_by = serializers.CharField(source="waived_by.name")

    class Meta:
        model = Waiver
        fields = [
            "id",
            "engagement",
            "study",
            "period",
            "listing",
            "reason",
            "waived_at",
            "waived_by",
            "taken_back_at",
        ]


class WaiveSerializer(serializers.Serializer):
    """What to do without. Without a study: what spans the engagement's studies."""

    engagement = serializers.IntegerField(min_value=1, max_value=BIGGEST)
    study = serializers.IntegerField(min_value=1, max_value=BIGGEST, required=False)
    period = MonthField(help_text="2026-10")
    listing = serializers.ChoiceField(
        choices=["", *LISTINGS], default="", help_text="Left out: all that is due."
    )
    reason = serializers.CharField(max_length=1000, help_text="The CRO reads it.")
