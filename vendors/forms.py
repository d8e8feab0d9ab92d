"""Input about sponsors, service providers and people's roles."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from vendors.access import CRO_ROLES, Role
from vendors.models import Sponsor, Vendor
from vendors.register.forms import ReasonForm, RecordForm


class SponsorForm(RecordForm):
    """A sponsor: its name, once among those that the person may know, and its country."""

    class Meta:
        model = Sponsor
        fields = ["name", "country"]

    def clean_name(self) -> str:
        """Refuse the name of another of the person's sponsors."""
        name = str(self.cleaned_data["name"])
        known = Sponsor.objects.visible_to(self.user).exclude(pk=self.instance.pk)
        if known.filter(name__iexact=name).exists():
            raise ValidationError("A sponsor of this name is already here.")
        return name


class VendorForm(RecordForm):
    """A service provider of one register."""

    class Meta:
        model = Vendor
        fields = ["sponsor", "name", "kind", "country", "parent", "ended_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parent"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (tells the type checker)
        field.queryset = Vendor.objects.visible_to(self.user).filter(
            sponsor__in=[sponsor.pk for sponsor in self.sponsors]
        )
        field.empty_label = "nobody: it works for the sponsor directly"
        if self.instance.pk is None:
            del self.fields["ended_on"]
        else:
            field.queryset = field.queryset.exclude(pk=self.instance.pk)

    def clean(self) -> dict[str, Any]:
        """Refuse a parent from the register of another of the person's sponsors."""
        cleaned = super().clean() or self.cleaned_data
        parent = cleaned.get("parent")
        sponsor_id = self.instance.sponsor_id or self.sponsor.pk
        if parent is not None and parent.sponsor_id != sponsor_id:
            self.add_error("parent", "This belongs to another sponsor's register.")
        return cleaned


def _day(label: str, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"], **options)


class MembershipForm(ReasonForm):
    """A person, a role, an organisation and a period."""

    email = forms.EmailField(label="E-mail address", help_text="What the person signs in with.")
    name = forms.CharField(
        label="Name",
        max_length=200,
        help_text="Used when nobody with this address is known yet.",
    )
    organisation = forms.ChoiceField(label="Organisation")
    role = forms.ChoiceField(
        label="Role",
        choices=[
            ("", "choose a role"),
            ("Of the sponsor", [(r.value, r.label) for r in Role if r not in CRO_ROLES]),
            ("Of a CRO", [(r.value, r.label) for r in Role if r in CRO_ROLES]),
        ],
    )
    from_date = _day("First day")
    until_date = _day(
        "Last day", required=False, help_text="Empty while open-ended. An inspector's has one."
    )

    def __init__(
        self,
        *args: Any,
        sponsors: Iterable[Sponsor],
        vendors: Iterable[Vendor],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["seen"]
        self.fields["reason"].required = False
        self.fields["reason"].help_text = "Such as who asked for this access."
        self.organisations: dict[str, Sponsor | Vendor] = {
            f"sponsor-{sponsor.pk}": sponsor for sponsor in sponsors
        } | {f"cro-{vendor.pk}": vendor for vendor in vendors}
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (tells the type checker)
        field.choices = [
            ("", "choose an organisation"),
            *((key, str(organisation)) for key, organisation in self.organisations.items()),
        ]
        self.order_fields([name for name in self.fields if name != "reason"])

    def clean_organisation(self) -> Sponsor | Vendor:
        """Turn the choice into its record."""
        return self.organisations[self.cleaned_data["organisation"]]

    def clean(self) -> dict[str, Any]:
        """Refuse a role that does not fit the organisation, beside the role."""
        cleaned = super().clean() or self.cleaned_data
        organisation, role = cleaned.get("organisation"), cleaned.get("role")
        if organisation and role and isinstance(organisation, Vendor) != (role in CRO_ROLES):
            kind = "a CRO role" if isinstance(organisation, Vendor) else "a role of the sponsor"
            self.add_error("role", ValidationError(f"{organisation} needs {kind}."))
        return cleaned


class EndMembershipForm(ReasonForm):
    """The last day of a membership, and why."""

    until_date = _day("Last day", help_text="Yesterday ends access at once.")
    field_order = ["until_date", "reason", "seen"]
