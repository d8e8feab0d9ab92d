"""CROs and other service providers, read."""

from rest_framework import serializers

from vendors.access import Permission
from vendors.api.ground.views import Address, ListAddress, RecordAddress
from vendors.models import Vendor
from vendors.register.pages import acts_for_sponsor


class CroSerializer(serializers.ModelSerializer):
    """A CRO or another service provider of a sponsor's register."""

    kind = serializers.ChoiceField(choices=Vendor.Kind.choices)
    sponsor_name = serializers.CharField(source="sponsor.name")
    parent = serializers.SerializerMethodField(
        help_text="The provider that brought it in; null where there is none, and for readers "
        "outside the sponsor."
    )

    class Meta:
        model = Vendor
        fields = ["id", "name", "kind", "country", "sponsor", "sponsor_name", "parent", "ended_on"]

    def get_parent(self, vendor: Vendor) -> int | None:
        """Return the parent's id to the sponsor's own people."""
        user = self.context["request"].user
        return vendor.parent_id if acts_for_sponsor(user, vendor.sponsor_id) else None


class CroFilters(serializers.Serializer):
    """Filters of the list."""

    kind = serializers.ChoiceField(choices=Vendor.Kind.choices, required=False)


class _Cros(Address):
    model = Vendor
    permission = Permission.VIEW_REGISTER
    related = ("sponsor",)
    serializer_class = CroSerializer


class CroList(_Cros, ListAddress):
    """List the CROs and other service providers that you may see."""

    filters = CroFilters


class CroRecord(_Cros, RecordAddress):
    """Show one CRO."""
