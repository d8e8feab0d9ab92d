"""What the API says of the work. Ids lead to the other records; words are added where they help."""

from rest_framework import serializers

from studies.models import (
    Delegation,
    Engagement,
    Function,
    IndSubmission,
    Obligation,
    ReportedTransfer,
    Site,
    Study,
)
from vendors.api.ground.writing import WithLastChange
from vendors.regions import Region
from vendors.register.pages import acts_for_sponsor


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
            "product_type",
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
        fields = ["id", "sponsor", "kind", "slug", "name", "description", "critical"]


class ObligationSerializer(serializers.ModelSerializer):
    """What the rules ask of a sponsor. Citations are to be confirmed by regulatory affairs."""

    id = serializers.IntegerField(source="pk", help_text="Of the function that it is.")
    name = serializers.CharField(source="function.name")
    slug = serializers.CharField(source="function.slug")

    class Meta:
        model = Obligation
        fields = [
            "id",
            "code",
            "name",
            "slug",
            "group",
            "edition",
            "drug_citation",
            "device_citation",
            "gcp_citation",
            "other_citation",
            "part312",
            "transferable",
            "practice",
        ]


class ReportedTransferSerializer(serializers.ModelSerializer):
    """One line of an IND submission; an empty region is everywhere."""

    function = serializers.CharField(source="function.slug")
    cro = serializers.IntegerField(source="vendor_id")
    cro_name = serializers.CharField(source="vendor.name")
    region = serializers.ChoiceField(choices=Region.choices, allow_blank=True)

    class Meta:
        model = ReportedTransfer
        fields = ["function", "cro", "cro_name", "region"]


class IndSubmissionSerializer(serializers.ModelSerializer):
    """One submission to the IND with the transfers that it lists."""

    protocol_number = serializers.CharField(source="study.protocol_number")
    transfers = ReportedTransferSerializer(many=True)

    class Meta:
        model = IndSubmission
        fields = [
            "id",
            "study",
            "protocol_number",
            "serial_number",
            "submitted_on",
            "form_revision",
            "note",
            "transfers",
        ]


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
            "due_business_day",
            "reports_from",
        ]


class DelegationSerializer(serializers.ModelSerializer):
    """Who does a function on a study, from a day to a day. Silence means: the sponsor."""

    protocol_number = serializers.CharField(source="study.protocol_number")
    function = serializers.CharField(source="function.slug")
    function_id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Delegation.Kind.choices)
    region = serializers.ChoiceField(
        choices=Region.choices, allow_blank=True, help_text="Empty: everywhere."
    )
    systems = serializers.ChoiceField(choices=Delegation.Side.choices, allow_blank=True)
    procedures = serializers.ChoiceField(choices=Delegation.Side.choices, allow_blank=True)
    confirmed_by = serializers.SerializerMethodField(
        help_text="Who confirmed it, by name; empty for a draft, and for readers outside the "
        "sponsor."
    )

    class Meta:
        model = Delegation
        fields = [
            "id",
            "study",
            "protocol_number",
            "function",
            "function_id",
            "kind",
            "engagement",
            "split",
            "region",
            "performer",
            "decision_maker",
            "agreement_version",
            "clause",
            "systems",
            "procedures",
            "responsible",
            "consulted",
            "informed",
            "work_began_on",
            "confirmed_by",
            "confirmed_on",
            "from_date",
            "until_date",
        ]

    def get_confirmed_by(self, delegation: Delegation) -> str:
        """Return the name to the sponsor's own people."""
        user = self.context["request"].user
        own = acts_for_sponsor(user, delegation.study.sponsor_id)
        return str(delegation.confirmed_by or "") if own else ""


class StudyRecordSerializer(WithLastChange, StudySerializer):
    """A study, and how new what you see is."""

    class Meta(StudySerializer.Meta):
        fields = [*StudySerializer.Meta.fields, "last_change"]


class SiteRecordSerializer(WithLastChange, SiteSerializer):
    """A site, and how new what you see is."""

    class Meta(SiteSerializer.Meta):
        fields = [*SiteSerializer.Meta.fields, "last_change"]


class EngagementRecordSerializer(WithLastChange, EngagementSerializer):
    """An engagement, and how new what you see is."""

    class Meta(EngagementSerializer.Meta):
        fields = [*EngagementSerializer.Meta.fields, "last_change"]


class DelegationRecordSerializer(WithLastChange, DelegationSerializer):
    """A delegation, and how new what you see is."""

    class Meta(DelegationSerializer.Meta):
        fields = [*DelegationSerializer.Meta.fields, "last_change"]
