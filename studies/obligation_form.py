"""Input about an obligation of a sponsor's own."""

from typing import Any

from django import forms

from studies.models import Function, Obligation
from vendors.models import Sponsor
from vendors.register.forms import RecordForm, Section


class ObligationForm(RecordForm):
    """An obligation with where it is written; its name stands in the row of the taxonomy."""

    class Meta:
        model = Obligation
        fields = [
            "group",
            "drug_citation",
            "device_citation",
            "gcp_citation",
            "other_citation",
            "part312",
            "transferable",
            "practice",
        ]

    groups = (
        Section("What it is", "", ("sponsor", "name", "description", "group")),
        Section(
            "Where it is written",
            "Shown as to be confirmed by regulatory affairs. Which products and regions it "
            "concerns follows from here.",
            ("drug_citation", "device_citation", "gcp_citation", "other_citation", "part312"),
        ),
        Section("Whether it may move", "", ("transferable", "practice")),
    )

    def extend(self) -> None:
        """Ask for the sponsor, and for what the row of the taxonomy keeps."""
        self.fields["group"].help_text = "The kind of work, such as Safety or Monitoring."
        self.fields["transferable"].label = "A CRO may take it over"
        known = self.instance.function if self.instance.pk is not None else Function()
        covers = Function._meta.get_field("description").verbose_name
        self.fields |= {
            "sponsor": forms.ModelChoiceField(queryset=Sponsor.objects.none()),
            "name": forms.CharField(
                max_length=120, label="Obligation", initial=known.name, help_text="What is asked."
            ),
            "description": forms.CharField(
                max_length=300, required=False, label=str(covers), initial=known.description
            ),
        }

    def values(self) -> dict[str, Any]:
        """Return the fields as filled in, name and description among them."""
        named = {name: self.cleaned_data[name] for name in ("name", "description")}
        return super().values() | named
