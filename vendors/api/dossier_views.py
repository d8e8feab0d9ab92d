"""A provider's file and its agreements, as far as the caller may see them.

What is the sponsor's own (assessments, approvals, the relationship) is an empty list for others.
"""

from rest_framework import serializers

from vendors.access import Permission
from vendors.agreements.models import Agreement
from vendors.api import serializers as of
from vendors.api.ground.filters import id_filter
from vendors.api.ground.views import Address, ListAddress, RecordAddress
from vendors.models import (
    Certificate,
    Contact,
    Qualification,
    ServiceOffered,
    SubcontractDecision,
    Tier,
)


class CroFilter(serializers.Serializer):
    """Filter by the provider that a record is about."""

    cro = id_filter("vendor_id")


class _OfProvider(ListAddress):
    permission = Permission.VIEW_REGISTER
    filters = CroFilter


class TierList(_OfProvider):
    """List the steps of the ladder from vendor to strategic partner (the sponsor's own)."""

    model = Tier
    serializer_class = of.TierSerializer


class QualificationList(_OfProvider):
    """List the assessments of providers (the sponsor's own)."""

    model = Qualification
    serializer_class = of.QualificationSerializer


class ApprovalList(_OfProvider):
    """List the sponsor's decisions on sub-providers (the sponsor's own)."""

    model = SubcontractDecision
    serializer_class = of.ApprovalSerializer


class CertificateList(_OfProvider):
    """List the certificates of providers."""

    model = Certificate
    serializer_class = of.CertificateSerializer


class ContactList(_OfProvider):
    """List whom to ask about what."""

    model = Contact
    serializer_class = of.ContactSerializer


class ServiceList(_OfProvider):
    """List the services that providers offer."""

    model = ServiceOffered
    serializer_class = of.ServiceSerializer


class AgreementFilters(CroFilter):
    """Filters of agreements."""

    kind = serializers.ChoiceField(choices=Agreement.Kind.choices, required=False)


class _Agreements(Address):
    model = Agreement
    permission = Permission.VIEW_REGISTER
    related = ("vendor__sponsor",)
    many = ("versions__clauses",)
    serializer_class = of.AgreementSerializer


class AgreementList(_Agreements, ListAddress):
    """List the agreements with all their versions and clauses."""

    filters = AgreementFilters


class AgreementRecord(_Agreements, RecordAddress):
    """Show one agreement with all its versions and clauses."""
