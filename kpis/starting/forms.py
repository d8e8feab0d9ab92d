"""The forms of a guided start, one for each step; each is given what the earlier ones hold."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from kpis.starting.chosen import Chosen
from studies.models import Delegation, Engagement, Study
from studies.starting.drafting import sides_of
from studies.starting.proposing import FULL_SERVICE
from studies.starting.wording import IMPLIES
from vendors.models import AgreementVersion, Vendor
from vendors.regions import Region


class CroForm(forms.Form):
    """Which CRO of the register."""

    vendor = forms.ModelChoiceField(
        Vendor.objects.none(),
        error_messages={"required": "Choose the CRO.", "invalid_choice": "Choose the CRO."},
    )

    def __init__(self, *args: Any, chosen: Chosen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vendor"].queryset = chosen.vendors()  # type: ignore[attr-defined]  # a choice


class ModelForm(forms.Form):
    """Under which model."""

    model = forms.ChoiceField(
        choices=Engagement.Model.choices,
        error_messages={"required": "Choose the model."},
    )

    def __init__(self, *args: Any, chosen: Chosen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def models(self) -> Iterable[tuple[str, str, str]]:
        """Yield value, name and what it implies."""
        return ((value, str(words), IMPLIES[value]) for value, words in Engagement.Model.choices)


class StudiesForm(forms.Form):
    """On which studies; in which regions, where the CRO does not do it everywhere."""

    studies = forms.ModelMultipleChoiceField(
        Study.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one study."},
    )
    regions = forms.MultipleChoiceField(
        choices=Region.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None: everywhere. Each region gets a column of its own on the next page.",
    )

    def __init__(self, *args: Any, chosen: Chosen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        studies = Study.objects.visible_to(chosen.user).filter(sponsor=chosen.vendor.sponsor_id)
        self.fields["studies"].queryset = studies  # type: ignore[attr-defined]  # a choice field
        if chosen.model == FULL_SERVICE:
            del self.fields["regions"]


class TermsForm(forms.Form):
    """From when to when, how it is paid, under which agreement, with whose systems."""

    name = forms.CharField(max_length=120, help_text="What both sides call it.")
    start_date = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    end_date = forms.DateField(
        label="Last day", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    pricing_basis = forms.ChoiceField(
        choices=[("", "not recorded"), *Engagement.PricingBasis.choices], required=False
    )
    agreement_version = forms.ModelChoiceField(
        AgreementVersion.objects.none(),
        label="Agreed in",
        required=False,
        empty_label="not recorded",
        help_text="The version of the agreement that describes the work.",
    )
    clause = forms.CharField(max_length=120, required=False, help_text="Such as §4.2.")
    systems = forms.ChoiceField(label="Whose systems", required=False)
    procedures = forms.ChoiceField(label="Whose procedures (SOPs)", required=False)
    decision_maker = forms.CharField(
        label="Final decision by",
        max_length=200,
        required=False,
        help_text="Who decides in the end, by name or role; each delegation can name another.",
    )
    due_business_day = forms.IntegerField(
        label="Reports by business day",
        min_value=1,
        max_value=20,
        initial=10,
        help_text="Of the following month, 1 to 20.",
    )
    reports_from = forms.DateField(
        label="First month reported here",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Any day of it; empty: from the start date.",
    )

    def __init__(self, *args: Any, chosen: Chosen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = AgreementVersion.objects.visible_to(chosen.user)
        self.fields["agreement_version"].queryset = versions.filter(  # type: ignore[attr-defined]  # a choice
            agreement__vendor=chosen.vendor
        ).select_related("agreement")
        # Months that have passed already are not asked for, unless somebody says so.
        self.fields["reports_from"].initial = chosen.today.replace(day=1).isoformat()
        for name in ("systems", "procedures"):
            self.fields[name].choices = [("", "not recorded"), *Delegation.Side.choices]  # type: ignore[attr-defined]  # a choice
            self.fields[name].initial = sides_of(chosen.model)
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.error_messages["invalid"] = "Write the date as year-month-day: 2026-11-22."

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        cleaned = super().clean() or self.cleaned_data
        first: date | None = cleaned.get("start_date")
        last: date | None = cleaned.get("end_date")
        if first and last and last < first:
            self.add_error("end_date", "The last day lies before the start date.")
        return cleaned


class ConfirmForm(forms.Form):
    """The reason, kept with the engagement and each of its delegations."""

    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Such as the decision or document it rests on. Kept with every record written.",
        error_messages={"required": "Say why you start it: the reason is kept with each record."},
    )

    def __init__(self, *args: Any, chosen: Chosen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
