"""What the API says of a provider's file and of agreements with it."""

from rest_framework import serializers

from vendors.agreements.models import Agreement, AgreementVersion, Clause
from vendors.models import (
    Certificate,
    Contact,
    Qualification,
    ServiceOffered,
    SubcontractDecision,
    Tier,
)
from vendors.regions import Region


class OfProvider(serializers.ModelSerializer):
    """A record of one provider's file."""

    cro = serializers.IntegerField(source="vendor_id")


class TierSerializer(OfProvider):
    """A step of the ladder from vendor to strategic partner, and when it held."""

    class Meta:
        model = Tier
        fields = ["id", "cro", "step", "from_date", "until_date"]


class QualificationSerializer(OfProvider):
    """One assessment of a provider, as the sponsor keeps it."""

    class Meta:
        model = Qualification
        fields = [
            "id",
            "cro",
            "scope",
            "method",
            "assessed_on",
            "assessor",
            "outcome",
            "conditions",
            "conditions_closed_on",
            "valid_until",
            "requalification_due",
        ]


class ApprovalSerializer(OfProvider):
    """The sponsor's word on a sub-provider."""

    class Meta:
        model = SubcontractDecision
        fields = [
            "id",
            "cro",
            "service",
            "approved",
            "decided_on",
            "decided_by",
            "conditions",
            "until_date",
        ]


class CertificateSerializer(OfProvider):
    """A certificate with its expiry."""

    class Meta:
        model = Certificate
        fields = ["id", "cro", "standard", "number", "issuer", "scope", "valid_from", "valid_until"]


class ContactSerializer(OfProvider):
    """Whom to ask about a subject, and how they like to be asked."""

    class Meta:
        model = Contact
        fields = [
            "id",
            "cro",
            "subject",
            "side",
            "name",
            "email",
            "telephone",
            "channel",
            "note",
            "from_date",
            "until_date",
        ]


class ServiceSerializer(OfProvider):
    """A service that the provider offers, and where; an empty region is everywhere."""

    region = serializers.ChoiceField(choices=Region.choices, allow_blank=True)

    class Meta:
        model = ServiceOffered
        fields = ["id", "cro", "service", "region", "note", "from_date", "until_date"]


class ClauseSerializer(serializers.ModelSerializer):
    """Whether a version has a clause on a subject, and its number."""

    class Meta:
        model = Clause
        fields = ["subject", "present", "number", "note"]


class VersionSerializer(serializers.ModelSerializer):
    """One version: it holds from the later of its effective day and the second signature."""

    clauses = ClauseSerializer(many=True)

    class Meta:
        model = AgreementVersion
        fields = [
            "id",
            "label",
            "change_reason",
            "effective_on",
            "expires_on",
            "terminated_on",
            "sponsor_signatory",
            "sponsor_signed_on",
            "provider_signatory",
            "provider_signed_on",
            "file_name",
            "file_sha256",
            "clauses",
        ]


class AgreementSerializer(OfProvider):
    """An agreement with all its versions, the newest first."""

    cro_name = serializers.CharField(source="vendor.name")
    versions = VersionSerializer(many=True)

    class Meta:
        model = Agreement
        fields = ["id", "kind", "title", "cro", "cro_name", "under", "versions"]
