"""What the API says of the work. Ids lead to the other records; words are added where they help."""

from rest_framework import serializers

from studies.models import Delegation, Engagement, Function, Site, Study


class StudySerializer(serializers.ModelSerializer):
    """A study."""

    phase = serializers.CharField(help_text="1 to 4, or empty.")
    status = serializers.ChoiceField(choices=Study.Status.choices)

    class Meta:
        model = Study
        fields = [
            "id",
            "sponsor",
            "protocol_number",
            "title",
            "phase",
            "therapeutic_area",
            "status",
        ]


class SiteSerializer(serializers.ModelSerializer):
    """An investigator site. Its number is text: 007 stays 007."""

    protocol_number = serializers.CharField(source="study.protocol_number")

    class Meta:
        model = Site
        fields = [
            "id",
            "study",
            "protocol_number",
            "number",
            "name",
            "country",
            "principal_investigator",
            "activated_on",
            "closed_on",
        ]


class FunctionSerializer(serializers.ModelSerializer):
    """A kind of trial work that can be delegated; `sponsor` says whose own it is, null: common."""

    class Meta:
        model = Function
        fields = ["id", "sponsor", "slug", "name", "description"]


class EngagementSerializer(serializers.ModelSerializer):
    """The relationship under which a CRO does delegated work."""

    cro = serializers.IntegerField(source="vendor_id")
    cro_name = serializers.CharField(source="vendor.name")
    model = serializers.ChoiceField(choices=Engagement.Model.choices)
    pricing_basis = serializers.CharField(help_text="fte, unit, fixed, milestone, or empty.")

    class Meta:
        model = Engagement
        fields = [
            "id",
            "name",
            "sponsor",
            "cro",
            "cro_name",
            "model",
            "pricing_basis",
            "agreement",
            "start_date",
            "end_date",
        ]


class DelegationSerializer(serializers.ModelSerializer):
    """Who does a function on a study, from a day to a day. Silence means: the sponsor."""

    protocol_number = serializers.CharField(source="study.protocol_number")
    function = serializers.CharField(source="function.slug")
    kind = serializers.ChoiceField(choices=Delegation.Kind.choices)

    class Meta:
        model = Delegation
        fields = [
            "id",
            "study",
            "protocol_number",
            "function",
            "kind",
            "engagement",
            "split",
            "clause",
            "from_date",
            "until_date",
        ]
