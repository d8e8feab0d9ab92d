"""Studies, sites, functions, engagements and delegations, as far as the caller may see them."""

from studies import books
from studies.api import filters, serializers
from studies.models import (
    Delegation,
    Engagement,
    Function,
    IndSubmission,
    Obligation,
    Site,
    Study,
)
from vendors.access import Permission
from vendors.api.ground.views import ListAddress
from vendors.api.ground.writing import WritableList, WritableRecord, Writes, adding, changing


class _Studies(Writes):
    book = books.STUDIES
    record = serializers.StudyRecordSerializer
    model = Study
    permission = Permission.VIEW_REGISTER
    related = ("sponsor",)
    serializer_class = serializers.StudySerializer


@adding
class StudyList(_Studies, WritableList):
    """List the studies."""

    filters = filters.StudyFilters


@changing
class StudyRecord(_Studies, WritableRecord):
    """Show one study."""


class _Sites(Writes):
    book = books.SITES
    record = serializers.SiteRecordSerializer
    model = Site
    permission = Permission.VIEW_REGISTER
    related = ("study__sponsor",)
    serializer_class = serializers.SiteSerializer


@adding
class SiteList(_Sites, WritableList):
    """List the sites of the studies."""

    filters = filters.SiteFilters


@changing
class SiteRecord(_Sites, WritableRecord):
    """Show one site."""


class FunctionList(ListAddress):
    """List the functions that can be delegated."""

    model = Function
    permission = Permission.VIEW_REGISTER
    serializer_class = serializers.FunctionSerializer


class ObligationList(ListAddress):
    """List the obligations of a sponsor; citations are to be confirmed by regulatory affairs."""

    model = Obligation
    permission = Permission.VIEW_REGISTER
    related = ("function",)
    filters = filters.ObligationFilters
    serializer_class = serializers.ObligationSerializer


class IndSubmissionList(ListAddress):
    """List what the authority was told of transferred obligations (the sponsor's own)."""

    model = IndSubmission
    permission = Permission.VIEW_REGISTER
    related = ("study",)
    many = ("transfers__function", "transfers__vendor")
    filters = filters.IndSubmissionFilters
    serializer_class = serializers.IndSubmissionSerializer


class _Engagements(Writes):
    book = books.ENGAGEMENTS
    record = serializers.EngagementRecordSerializer
    model = Engagement
    permission = Permission.VIEW_REGISTER
    related = ("sponsor", "vendor")
    serializer_class = serializers.EngagementSerializer


@adding
class EngagementList(_Engagements, WritableList):
    """List the engagements."""

    filters = filters.EngagementFilters


@changing
class EngagementRecord(_Engagements, WritableRecord):
    """Show one engagement."""


class _Delegations(Writes):
    book = books.DELEGATIONS
    record = serializers.DelegationRecordSerializer
    model = Delegation
    permission = Permission.VIEW_REGISTER
    related = ("study__sponsor", "function", "engagement__vendor", "confirmed_by")
    serializer_class = serializers.DelegationSerializer


@adding
class DelegationList(_Delegations, WritableList):
    """List the delegations."""

    filters = filters.DelegationFilters


@changing
class DelegationRecord(_Delegations, WritableRecord):
    """Show one delegation."""
