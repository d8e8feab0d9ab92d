"""Studies, sites, functions, engagements and delegations, as far as the caller may see them."""

from studies.api import filters, serializers
from studies.models import Delegation, Engagement, Function, Site, Study
from vendors.access import Permission
from vendors.api.ground.views import Address, ListAddress, RecordAddress


class _Studies(Address):
    model = Study
    permission = Permission.VIEW_REGISTER
    related = ("sponsor",)
    serializer_class = serializers.StudySerializer


class StudyList(_Studies, ListAddress):
    """List the studies."""

    filters = filters.StudyFilters


class StudyRecord(_Studies, RecordAddress):
    """Show one study."""


class _Sites(Address):
    model = Site
    permission = Permission.VIEW_REGISTER
    related = ("study__sponsor",)
    serializer_class = serializers.SiteSerializer


class SiteList(_Sites, ListAddress):
    """List the sites of the studies."""

    filters = filters.SiteFilters


class SiteRecord(_Sites, RecordAddress):
    """Show one site."""


class FunctionList(ListAddress):
    """List the functions that can be delegated."""

    model = Function
    permission = Permission.VIEW_REGISTER
    serializer_class = serializers.FunctionSerializer


class _Engagements(Address):
    model = Engagement
    permission = Permission.VIEW_REGISTER
    related = ("sponsor", "vendor")
    serializer_class = serializers.EngagementSerializer


class EngagementList(_Engagements, ListAddress):
    """List the engagements."""

    filters = filters.EngagementFilters


class EngagementRecord(_Engagements, RecordAddress):
    """Show one engagement."""


class _Delegations(Address):
    model = Delegation
    permission = Permission.VIEW_REGISTER
    related = ("study__sponsor", "function", "engagement__vendor")
    serializer_class = serializers.DelegationSerializer


class DelegationList(_Delegations, ListAddress):
    """List the delegations."""

    filters = filters.DelegationFilters


class DelegationRecord(_Delegations, RecordAddress):
    """Show one delegation."""
