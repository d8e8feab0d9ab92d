"""What somebody wants computed again: of which kind, about whom, which months, and why."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Max, Min

from kpis.agreed.forms import MonthField
from kpis.models import CurrentRun, Recomputation
from studies.models import Study
from vendors.access import Permission
from vendors.models import Sponsor, Vendor
from vendors.register.pages import sponsors_allowing

Scope = Sponsor | Vendor | Study


class RecomputationForm(forms.Form):
    """A request for a recomputation, limited to the sponsors for which the person may ask."""

    kind = forms.ChoiceField(
        label="What to do",
        choices=Recomputation.Kind.choices,
        initial=Recomputation.Kind.PROOF,
        widget=forms.RadioSelect,
    )
    scope = forms.ChoiceField(label="Of which CROs and studies")
    first_month = MonthField(label="First month")
    last_month = MonthField(label="Last month")
    reason = forms.CharField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept in the audit trail, beside every result that is new.",
        error_messages={"required": "Say why it is computed again."},
    )

    def __init__(self, *args: Any, user: Any, today: date, **kwargs: Any) -> None:
        """Offer what `user` may ask for and, at first, every month that has results."""
        sponsors = sponsors_allowing(user, Permission.RECOMPUTE)
        self.scopes = _scopes(sponsors)
        first, last = _months(sponsors)
        start = {"first_month": first or today.replace(day=1), "last_month": last or today}
        super().__init__(*args, **{"initial": start, **kwargs})
        field = self.fields["scope"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (tells the type checker)
        field.choices = self._choices()

    def _choices(self) -> list[Any]:
        groups: dict[type[Scope], list[tuple[str, str]]] = {Sponsor: [], Vendor: [], Study: []}
        for key, one in self.scopes.items():
            groups[type(one)].append((key, str(one)))
        whole = [(key, f"All of {name}") for key, name in groups[Sponsor]]
        return [*whole, ("One CRO", groups[Vendor]), ("One study", groups[Study])]

    def asked(self) -> dict[str, Any]:
        """Return what the service takes: sponsor, scope, kind, months and reason."""
        scope = self.scopes[self.cleaned_data["scope"]]
        if isinstance(scope, Sponsor):
            return {**self.cleaned_data, "sponsor": scope, "scope": None}
        return {**self.cleaned_data, "sponsor": scope.sponsor, "scope": scope}


def _scopes(sponsors: tuple[Sponsor, ...]) -> dict[str, Scope]:
    """Return what may be chosen by the key that the form uses: "cro-3"; two statements."""
    found: dict[str, Scope] = {f"sponsor-{one.pk}": one for one in sponsors}
    for prefix, model in (("cro", Vendor), ("study", Study)):
        rows = model._default_manager.filter(sponsor__in=sponsors).select_related("sponsor")
        found |= {f"{prefix}-{row.pk}": row for row in rows}
    return found


def _months(sponsors: tuple[Sponsor, ...]) -> tuple[date | None, date | None]:
    rows = CurrentRun.objects.filter(engagement__sponsor__in=sponsors)
    found = rows.aggregate(first=Min("period_start"), last=Max("period_start"))
    return found["first"], found["last"]
