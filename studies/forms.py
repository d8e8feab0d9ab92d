"""Input about studies, sites, functions, engagements and delegations."""

from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.db.models import Q

from studies.models import Delegation, Engagement, Function, Site, Study
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
        fields = ["sponsor", "name", "description"]


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
            _limit(self.fields["agreement"], agreements.filter(vendor=self.instance.vendor_id))
            return
        _limit(self.fields["agreement"], agreements.filter(vendor__sponsor__in=registers))
        _limit(
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


class DelegationForm(RecordForm):
    """Who does a function on a study; study and function do not change afterwards."""

    class Meta:
        model = Delegation
        fields = [
            "study",
            "function",
            "kind",
            "engagement",
            "split",
            "clause",
            "from_date",
            "until_date",
        ]
        widgets = {"split": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        registers = [sponsor.pk for sponsor in self.sponsors]
        engagement = self.fields["engagement"]
        engagements = Engagement.objects.visible_to(self.user).filter(sponsor__in=registers)
        _limit(engagement, engagements.select_related("vendor"))
        assert isinstance(engagement, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        engagement.empty_label = "no CRO: retained or not applicable"
        if self.instance.pk is not None:
            del self.fields["study"], self.fields["function"]
            return
        studies = Study.objects.visible_to(self.user).filter(sponsor__in=registers)
        _limit(self.fields["study"], studies)
        functions = Function.objects.visible_to(self.user)
        usable = Q(sponsor__in=registers) | Q(sponsor__isnull=True)
        may_move = Q(obligation__isnull=True) | Q(obligation__transferable=True)
        _limit(self.fields["function"], functions.filter(usable & may_move))
        self.fields["function"].label = "Function or obligation"

    def clean(self) -> dict[str, Any]:
        """Refuse an engagement, or a function of its own, of another sponsor than the study's."""
        cleaned = super().clean() or self.cleaned_data
        study = self.instance.study if self.instance.pk is not None else cleaned.get("study")
        for name in ("function", "engagement"):
            named = cleaned.get(name)
            if study and named and named.sponsor_id not in (study.sponsor_id, None):
                self.add_error(name, "This belongs to another sponsor's register.")
        return cleaned


def _limit(field: forms.Field, queryset: Any) -> None:
    """Offer only these records; any other number is no valid choice."""
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (tells the type checker)
    field.queryset = queryset
