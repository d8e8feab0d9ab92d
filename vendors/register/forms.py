"""The form of one record: its fields, the reason, and what the editor saw when it was opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from oversight.audit_trail.history import HistoryEntry, last_change_id
from vendors.models import Sponsor


@dataclass(frozen=True)
class Section:
    """Fields that belong together, under a heading, with help for all of them."""

    title: str
    help: str
    names: tuple[str, ...]


class ReasonForm(forms.Form):
    """A change with its reason and its fingerprint."""

    reason = forms.CharField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept with the change and shown in the history.",
        error_messages={"required": "Say why you change this: the reason is kept with the change."},
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    # What somebody else changed while the form was open.
    changed_meanwhile: tuple[HistoryEntry, ...] = ()

    def said(self) -> dict[str, Any]:
        """Return reason and fingerprint, as services take them."""
        return {"reason": self.cleaned_data["reason"], "seen": self.cleaned_data["seen"]}

    def refuse(self, error: ValidationError) -> None:
        """Put what a service refused beside the field it is about, or on top."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)


class RecordForm(ReasonForm, forms.ModelForm):
    """A record's fields, then the reason: compulsory on a change, welcome on a new record.

    `sponsors` are those for whose registers the person may write; several of them make a choice
    on a new record. Fields that refer to other records are limited by each form. A long form names
    its `groups`; what is in none of them, such as the reason, stands at the end.
    """

    groups: tuple[Section, ...] = ()

    def __init__(self, *args: Any, user: Any, sponsors: tuple[Sponsor, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.sponsors = sponsors
        self.extend()
        existing = self.instance.pk is not None
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
                field.input_formats = ["%Y-%m-%d"]
                field.error_messages["invalid"] = "Write the date as year-month-day: 2026-11-22."
            elif isinstance(field, forms.ModelChoiceField):
                field.empty_label = _unchosen(field)
            elif isinstance(field, forms.ChoiceField):
                choices: dict[Any, Any] = dict(list(field.choices))  # type: ignore[arg-type]  # pairs
                if "" in choices:
                    field.choices = list((choices | {"": _unchosen(field)}).items())
        if "sponsor" in self.fields:
            self._choose_sponsor(existing)
        if existing:
            self.fields["seen"].initial = last_change_id(self.instance)
        else:
            self.fields["reason"].required = False
            del self.fields["seen"]
        # The reason closes the form; the fingerprint is not seen.
        self.order_fields([name for name in self.fields if name not in ("reason", "seen")])

    def extend(self) -> None:
        """Add fields that the model itself does not have, before all of them are made ready."""

    def _choose_sponsor(self, existing: bool) -> None:
        if existing or len(self.sponsors) == 1:
            del self.fields["sponsor"]
            return
        field = self.fields["sponsor"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (tells the type checker)
        field.queryset = Sponsor.objects.filter(pk__in=[sponsor.pk for sponsor in self.sponsors])

    def sections(self) -> Iterator[tuple[Section, list[forms.BoundField]]]:
        """Yield each group with those of its fields that the form has."""
        for group in self.groups:
            found = [self[name] for name in group.names if name in self.fields]
            if found:
                yield group, found

    def ungrouped(self) -> list[forms.BoundField]:
        """Return the fields that are in no group."""
        named = {name for group in self.groups for name in group.names}
        return [self[name] for name in self.fields if name not in named]

    @property
    def sponsor(self) -> Sponsor:
        """Return the sponsor in whose register a new record is written."""
        chosen: Sponsor | None = self.cleaned_data.get("sponsor")
        return chosen or self.sponsors[0]

    def values(self) -> dict[str, Any]:
        """Return the model's fields as filled in, without the sponsor."""
        named = set(self._meta.fields or ()) - {"sponsor"}
        return {name: value for name, value in self.cleaned_data.items() if name in named}


def _unchosen(field: forms.Field) -> str:
    return "choose one" if field.required else "not recorded"
