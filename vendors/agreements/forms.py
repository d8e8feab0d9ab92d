"""Input about agreements: the record, a version, its file, its clauses, its plan and ladder."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from vendors.agreements.models import (
    Agreement,
    AgreementVersion,
    Clause,
    CommunicationRule,
    EscalationStep,
)
from vendors.models import Vendor
from vendors.register.forms import ReasonForm, RecordForm

KINDS_OF_FILE = (".pdf", ".docx", ".doc", ".odt", ".txt", ".p7m", ".asice")


class AgreementForm(RecordForm):
    """An agreement with one provider of the register; with whom it is does not change."""

    class Meta:
        model = Agreement
        fields = ["vendor", "kind", "title", "under"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sponsors = [sponsor.pk for sponsor in self.sponsors]
        found = Agreement.objects.visible_to(self.user).filter(vendor__sponsor__in=sponsors)
        if self.instance.pk is not None:
            del self.fields["vendor"]
            found = found.filter(vendor=self.instance.vendor_id).exclude(pk=self.instance.pk)
        else:
            vendors = Vendor.objects.visible_to(self.user).filter(sponsor__in=sponsors)
            _limit(self.fields["vendor"], vendors)
        _limit(self.fields["under"], found, "nothing: it stands alone")

    def clean(self) -> dict[str, Any]:
        """Refuse an agreement under one with somebody else, beside the field."""
        cleaned = super().clean() or self.cleaned_data
        above = cleaned.get("under")
        vendor = cleaned.get("vendor") or getattr(self.instance, "vendor", None)
        if above is not None and vendor is not None and above.vendor_id != vendor.pk:
            self.add_error("under", "This agreement is with another provider.")
        return cleaned


def _limit(field: forms.Field, found: Any, empty: str = "choose one") -> None:
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (tells the type checker)
    field.queryset = found
    field.empty_label = empty


class VersionForm(RecordForm):
    """One version: what it changes, who signed when, from when to when."""

    class Meta:
        model = AgreementVersion
        fields = [
            "label",
            "change_reason",
            "effective_on",
            "expires_on",
            "sponsor_signatory",
            "sponsor_signed_on",
            "provider_signatory",
            "provider_signed_on",
            "terminated_on",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["terminated_on"]


class RuleForm(RecordForm):
    """One line of the communication plan."""

    class Meta:
        model = CommunicationRule
        fields = ["kind", "subject", "what", "cadence", "channel", "audience"]


class StepForm(RecordForm):
    """One rung of the escalation ladder."""

    class Meta:
        model = EscalationStep
        fields = ["level", "when", "provider_role", "sponsor_role", "hours"]


class FileForm(forms.Form):
    """The signed file."""

    file = forms.FileField(label="File", help_text=f"One of {', '.join(KINDS_OF_FILE)}.")

    def clean_file(self) -> Any:
        """Take documents only."""
        file = self.cleaned_data["file"]
        if PurePath(file.name).suffix.lower() not in KINDS_OF_FILE:
            raise ValidationError(f"Send a document: {', '.join(KINDS_OF_FILE)}.")
        return file


@dataclass(frozen=True)
class ClauseFields:
    """The three fields of one subject, to be drawn in a row."""

    label: str
    present: forms.BoundField
    number: forms.BoundField
    note: forms.BoundField


class ClausesForm(ReasonForm):
    """The clause check-list: for each subject whether there is a clause, which, and a note."""

    def __init__(self, *args: Any, version: AgreementVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["seen"]
        known = {clause.subject: clause for clause in version.clauses.all()}
        for subject, label in Clause.Subject.choices:
            clause = known.get(subject, Clause(subject=subject, present=False))
            self.fields[f"{subject}-present"] = forms.BooleanField(
                label=f"{label}: it has one", required=False, initial=clause.present
            )
            self.fields[f"{subject}-number"] = forms.CharField(
                label=f"{label}: number of the clause",
                max_length=60,
                required=False,
                initial=clause.number,
            )
            self.fields[f"{subject}-note"] = forms.CharField(
                label=f"{label}: note", max_length=300, required=False, initial=clause.note
            )

    def rows(self) -> list[ClauseFields]:
        """Return the fields by subject."""
        return [
            ClauseFields(
                label, *(self[f"{subject}-{name}"] for name in ("present", "number", "note"))
            )
            for subject, label in Clause.Subject.choices
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the number of each clause that is there."""
        cleaned = super().clean() or self.cleaned_data
        for subject, _ in Clause.Subject.choices:
            if cleaned.get(f"{subject}-present") and not cleaned.get(f"{subject}-number"):
                self.add_error(f"{subject}-number", "Give the number of the clause.")
        return cleaned

    def clauses(self) -> dict[str, dict[str, Any]]:
        """Return what was filled in, as the service takes it."""
        return {
            subject: {
                name: self.cleaned_data[f"{subject}-{name}"]
                for name in ("present", "number", "note")
            }
            for subject, _ in Clause.Subject.choices
        }
