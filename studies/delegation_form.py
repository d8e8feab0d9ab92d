"""Input about one delegation: who, where, since when, under which clause, with whose systems."""

from typing import Any

from django import forms
from django.db.models import Q

from studies.forms import limit
from studies.models import Delegation, Engagement, Function, Study
from vendors.models import AgreementVersion, Vendor
from vendors.register.forms import RecordForm, Section

PERIOD = "A record of a region goes before one for everywhere, in that region."
SOURCES = "Work that begins before both sides have signed is shown as late."
RACI = "Accountable in the end is always the sponsor, so there is no field for it (E6(R3) 3.6.6)."


class VersionField(forms.ModelChoiceField):
    """A version of an agreement, named with the provider it was agreed with."""

    def label_from_instance(self, version: AgreementVersion) -> str:
        """Return provider, agreement and version."""
        return f"{version.agreement.vendor}: {version}"


class PerformerField(forms.ModelChoiceField):
    """A sub-provider, named with the provider above it."""

    def label_from_instance(self, vendor: Vendor) -> str:
        """Return it and who brought it in."""
        return f"{vendor} (under {vendor.parent})"


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
            "performer",
            "region",
            "from_date",
            "until_date",
            "work_began_on",
            "agreement_version",
            "clause",
            "systems",
            "procedures",
            "decision_maker",
            "responsible",
            "consulted",
            "informed",
        ]
        widgets = {"split": forms.Textarea(attrs={"rows": 3})}
        field_classes = {"agreement_version": VersionField, "performer": PerformerField}

    groups = (
        Section(
            "Who",
            "Without a record the sponsor keeps the function by default, unconfirmed.",
            ("study", "function", "kind", "engagement", "split", "performer"),
        ),
        Section(
            "Where and since when",
            PERIOD,
            ("region", "from_date", "until_date", "work_began_on"),
        ),
        Section("Under which agreement", SOURCES, ("agreement_version", "clause")),
        Section("Whose systems and procedures", "", ("systems", "procedures")),
        Section(
            "Who decides, does, advises and is told",
            RACI,
            ("decision_maker", "responsible", "consulted", "informed"),
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        registers = [sponsor.pk for sponsor in self.sponsors]
        engagement = self.fields["engagement"]
        engagements = Engagement.objects.visible_to(self.user).filter(sponsor__in=registers)
        limit(engagement, engagements.select_related("vendor"))
        assert isinstance(engagement, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        engagement.empty_label = "no CRO: retained or not applicable"
        self._offer_what_a_cro_has(registers)
        if self.instance.pk is not None:
            del self.fields["study"], self.fields["function"]
            return
        limit(
            self.fields["study"], Study.objects.visible_to(self.user).filter(sponsor__in=registers)
        )
        usable = Q(sponsor__in=registers) | Q(sponsor__isnull=True)
        may_move = Q(obligation__isnull=True) | Q(obligation__transferable=True)
        functions = Function.objects.visible_to(self.user).filter(usable & may_move)
        limit(self.fields["function"], functions)
        self.fields["function"].label = "Function or obligation"

    def _offer_what_a_cro_has(self, registers: list[int]) -> None:
        """Offer the register's agreements and sub-providers; an old choice stays a choice."""
        versions = AgreementVersion.objects.visible_to(self.user)
        limit(
            self.fields["agreement_version"],
            versions.filter(agreement__vendor__sponsor__in=registers)
            .select_related("agreement__vendor")
            .order_by("agreement__vendor__name", "agreement__title", "-effective_on", "-pk"),
        )
        subs = Vendor.objects.visible_to(self.user).filter(
            Q(ended_on__isnull=True) | Q(pk=self.instance.performer_id),
            sponsor__in=registers,
            parent__isnull=False,
        )
        performer = self.fields["performer"]
        limit(performer, subs.select_related("parent").order_by("parent__name", "name"))
        assert isinstance(performer, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        performer.empty_label = "the CRO itself"
        self.fields["region"].help_text = "Everywhere, unless it differs in one region."
        self.fields["region"].choices = [  # type: ignore[attr-defined]  # a choice field
            (value, words if value else "everywhere")
            for value, words in self.fields["region"].choices  # type: ignore[attr-defined]  # same
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse what belongs to another sponsor than the study's; the rest the service refuses."""
        cleaned = super().clean() or self.cleaned_data
        study = self.instance.study if self.instance.pk is not None else cleaned.get("study")
        for name in ("function", "engagement"):
            named = cleaned.get(name)
            if study and named and named.sponsor_id not in (study.sponsor_id, None):
                self.add_error(name, "This belongs to another sponsor's register.")
        return cleaned
