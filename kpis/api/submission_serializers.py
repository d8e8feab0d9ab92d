"""What the API says of a submission: where it stands, its files, what is wrong in them."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kpis.api.comparison_serializers import ComparisonSerializer
from kpis.engine.tables import LISTINGS
from kpis.models import Check, Comparison, Problem, Submission, SubmittedFile, SubmittedTable
from kpis.submissions.reading.longform_shape import pointer
from kpis.submissions.reading.problems import RULES
from kpis.submissions.submit import blockers


class SubmissionSerializer(serializers.ModelSerializer):
    """A submission in the list."""

    label = serializers.CharField(source="__str__")
    protocol_number = serializers.CharField(
        source="study.protocol_number",
        allow_null=True,
        help_text="null, as `study` is, for a submission across the engagement's studies.",
    )
    cro = serializers.IntegerField(source="engagement.vendor_id")
    state = serializers.ChoiceField(choices=Submission.State.choices)
    page = serializers.SerializerMethodField(help_text="Where a person sees it in the browser.")
    preview = serializers.SerializerMethodField(
        help_text="Where a person sees what changed since the last accepted submission."
    )

    class Meta:
        model = Submission
        fields = [
            "id",
            "label",
            "engagement",
            "cro",
            "study",
            "protocol_number",
            "period_start",
            "data_cutoff_date",
            "state",
            "received_at",
            "submitted_at",
            "decided_at",
            "decision_comment",
            "supersedes",
            "page",
            "preview",
        ]

    def get_page(self, submission: Submission) -> str:
        """Return the address of the page."""
        return self._address("kpis:submission-detail", submission)

    def get_preview(self, submission: Submission) -> str:
        """Return the address of the preview; before the check has ended it says so."""
        return self._address("kpis:submission-changes", submission)

    def _address(self, name: str, submission: Submission) -> str:
        path = reverse(name, args=[submission.pk])
        address: str = self.context["request"].build_absolute_uri(path)
        return address


class FileSerializer(serializers.ModelSerializer):
    """A file as it arrived."""

    class Meta:
        model = SubmittedFile
        fields = ["name", "size", "sha256", "door", "received_at", "set_aside_at"]


class CellSerializer(serializers.Serializer):
    """One place where a rule is broken; what does not apply is null or empty."""

    file = serializers.CharField(allow_null=True, allow_blank=True)
    sheet = serializers.CharField(allow_null=True, allow_blank=True)
    row = serializers.IntegerField(allow_null=True)
    column = serializers.CharField(allow_null=True, allow_blank=True)
    cell = serializers.CharField(allow_null=True, allow_blank=True)
    value = serializers.CharField(allow_null=True, allow_blank=True)
    sentence = serializers.CharField()
    pointer = serializers.SerializerMethodField(
        help_text="Where it stands in the JSON that was sent, as a JSON pointer; null in a file."
    )

    def get_pointer(self, cell: dict[str, Any]) -> str | None:
        """Return the place in the JSON; null for any other file."""
        name = str(cell.get("file") or "")
        if not name.endswith(".json") or cell.get("sheet") not in LISTINGS:
            return None
        return pointer(cell["sheet"], cell.get("row"), cell.get("column"))


class ProblemSerializer(serializers.ModelSerializer):
    """All cells that break one rule: the first hundred, and how many there are."""

    title = serializers.SerializerMethodField()
    advice = serializers.SerializerMethodField()
    severity = serializers.ChoiceField(choices=Problem.Severity.choices)
    cells = CellSerializer(many=True)

    class Meta:
        model = Problem
        fields = ["rule", "title", "advice", "severity", "count", "explanation", "cells"]

    def get_title(self, problem: Problem) -> str:
        """Return the rule in words; a rule that later versions dropped has only its name."""
        return RULES[problem.rule].title if problem.rule in RULES else problem.rule

    def get_advice(self, problem: Problem) -> str:
        """Return what to do about it."""
        return RULES[problem.rule].advice if problem.rule in RULES else ""


class TableSerializer(serializers.ModelSerializer):
    """A listing found in the files, as it was sealed."""

    class Meta:
        model = SubmittedTable
        fields = ["listing", "row_count", "sha256", "rows_sha256"]


class CheckSerializer(serializers.ModelSerializer):
    """What the newest check found. Counts are of rules; each problem counts its cells."""

    problems = ProblemSerializer(many=True)
    tables = TableSerializer(many=True)

    class Meta:
        model = Check
        fields = [
            "checked_at",
            "data_cutoff_date",
            "proposed_cutoff_date",
            "error_count",
            "warning_count",
            "problems",
            "tables",
        ]


class SubmissionDetailSerializer(SubmissionSerializer):
    """A submission with its files and what the newest check found."""

    files = FileSerializer(many=True)
    check = serializers.SerializerMethodField(help_text="null until the first check has ended.")
    comparison = serializers.SerializerMethodField(
        help_text="What changed since the last accepted submission; null until the check has ended."
    )
    blockers = serializers.SerializerMethodField(
        help_text="What stands in the way of handing it over, while it is the CRO's turn."
    )

    class Meta(SubmissionSerializer.Meta):
        fields = [*SubmissionSerializer.Meta.fields, "files", "check", "comparison", "blockers"]

    @extend_schema_field(CheckSerializer(allow_null=True))
    def get_check(self, submission: Submission) -> dict[str, Any] | None:
        """Return the newest check."""
        check = submission.checks.order_by("pk").prefetch_related("problems", "tables").last()
        return CheckSerializer(check).data if check else None

    @extend_schema_field(ComparisonSerializer(allow_null=True))
    def get_comparison(self, submission: Submission) -> dict[str, Any] | None:
        """Return the comparison of the newest check."""
        newest = submission.checks.order_by("-pk").values("pk")[:1]
        found = (
            Comparison.objects.filter(check_made__in=newest)
            .select_related("check_made", "against")
            .prefetch_related("tables")
            .first()
        )
        return ComparisonSerializer(found).data if found else None

    def get_blockers(self, submission: Submission) -> list[str]:
        """Return the sentences, none once it was handed over."""
        turn = (Submission.State.RECEIVED, Submission.State.CHECKED, Submission.State.RETURNED)
        return blockers(submission) if submission.state in turn else []
