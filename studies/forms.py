"""Input about studies, sites, functions and engagements; delegations have a file of their own."""

from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField

from studies.models import Engagement, Function, Site, Study
from vendors.models import Agreement, Vendor
from vendors.register.forms import RecordForm


class StudyForm(RecordForm):
    """A study of one register."""

    names_in_files = SimpleArrayField(
        forms.CharField(max_length=100, required=False),
        label="Names in files",
        required=False,
        help_text=Study._meta.get_field("names_in_files").help_text,
    )

    class Meta:
        model = Study
        fields = [
            "sponsor",
            "protocol_number",
            "title",
            "product_type",
            "phase",
            "therapeutic_area",
            "status",
            "names_in_files",
        ]

    def clean_names_in_files(self) -> list[str]:
        """Drop empty and repeated names, keep the order."""
        return [name for name in dict.fromkeys(self.cleaned_data["names_in_files"]) if name]


class SiteForm(RecordForm):
    """A site of one study."""

    class Meta:
        model = Site
        fields = [
            "number",
            "name",
            "country",
            "principal_investigator",
            "activated_on",
            "closed_on",
        ]


class FunctionForm(RecordForm):
    """A function of a sponsor's own."""

    class Meta:
        model = Function
        fields = ["sponsor", "name", "description", "critical"]


class EngagementForm(RecordForm):
    """One sponsor, one CRO of its register; whose it is does not change afterwards."""

    class Meta:
        model = Engagement
        fields = [
            "sponsor",
            "vendor",
            "name",
            "model",
            "pricing_basis",
            "agreement",
            "start_date",
            "end_date",
            "due_business_day",
            "reports_from",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        registers = [sponsor.pk for sponsor in self.sponsors]
        agreements = Agreement.objects.visible_to(self.user).select_related("vendor")
        if self.instance.pk is not None:
            del self.fields["vendor"]
            limit(self.fields["agreement"], agreements.filter(vendor=self.instance.vendor_id))
            return
        limit(self.fields["agreement"], agreements.filter(vendor__sponsor__in=registers))
        limit(
            self.fields["vendor"],
            Vendor.objects.visible_to(self.user).filter(
                sponsor__in=registers, ended_on__isnull=True
            ),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a CRO from the register of another of the person's sponsors."""
        cleaned = super().clean() or self.cleaned_data
        vendor = cleaned.get("vendor")
        if vendor is not None and vendor.sponsor_id != self.sponsor.pk:
            self.add_error("vendor", "This belongs to another sponsor's register.")
        agreement = cleaned.get("agreement")
        if agreement is not None and vendor is not None and agreement.vendor_id != vendor.pk:
            self.add_error("agreement", "This is an agreement with another provider.")
        return cleaned


def limit(field: forms.Field, queryset: Any) -> None:
    """Offer only these records; any other number is no valid choice."""
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (tells the type checker)
    field.queryset = queryset
