"""What somebody asks for: which study or CRO, which months, as known when, and why."""

from datetime import date
from typing import Any

from django import forms

from inspection.models import InspectionExport
from studies.models import Study
from vendors.access import Permission
from vendors.models import Vendor
from vendors.register.pages import sponsors_allowing

MONTHS_SHOWN = 12
MONTH_HELP = "Year and month, such as {example}."


class MonthField(forms.DateField):
    """A month, as the first day of it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.DateInput(format="%Y-%m", attrs={"type": "month"}),
            input_formats=["%Y-%m"],
            error_messages={"invalid": "Write the month as year-month: 2026-10."},
            **options,
        )


class ExportForm(forms.Form):
    """A request for a pack, limited to what the person sees and may export."""

    scope = forms.ChoiceField(label="Study or CRO")
    period_from = MonthField(label="First month")
    period_until = MonthField(label="Last month")
    as_of_date = forms.DateField(
        label="As of",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
        help_text="The pack shows what was known at the end of that day (UTC): a month that was "
        "restated later comes with its first figures.",
        error_messages={"invalid": "Write the date as year-month-day: 2026-11-22."},
    )
    reason = forms.CharField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept in the audit trail, not in the pack.",
        error_messages={"required": "Say what the pack is for."},
    )

    def __init__(self, *args: Any, user: Any, today: date, **kwargs: Any) -> None:
        """Offer the scopes of `user` and, at first, the last twelve whole months as of today."""
        last = _months_before(today, 1)
        start = {
            "period_from": _months_before(today, MONTHS_SHOWN),
            "period_until": last,
            "as_of_date": today,
        }
        kwargs["initial"] = start | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.today = today
        self.scopes = scopes_of(user)
        for name in ("period_from", "period_until"):
            self.fields[name].help_text = MONTH_HELP.format(example=f"{last:%Y-%m}")
        field = self.fields["scope"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (tells the type checker)
        field.choices = [("", "choose a study or a CRO"), *self._choices()]

    def _choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        studies = [(k, str(one)) for k, one in self.scopes.items() if isinstance(one, Study)]
        vendors = [(k, str(one)) for k, one in self.scopes.items() if isinstance(one, Vendor)]
        return [("Studies", studies), ("CROs and other providers", vendors)]

    def clean_scope(self) -> Study | Vendor:
        """Return the study or CRO itself."""
        return self.scopes[self.cleaned_data["scope"]]

    def clean_as_of_date(self) -> date:
        """Refuse a day that lies ahead."""
        day: date = self.cleaned_data["as_of_date"]
        if day > self.today:
            raise forms.ValidationError("This day lies ahead; nothing is known as on it yet.")
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse months that run backwards."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("period_from"), cleaned.get("period_until")
        if first and last and last < first:
            self.add_error("period_until", "The last month lies before the first month.")
        return cleaned


def scopes_of(user: Any) -> dict[str, Study | Vendor]:
    """Return what `user` may export by the key that forms and addresses use: "study-3"."""
    sponsors = sponsors_allowing(user, Permission.EXPORT)
    found: dict[str, Study | Vendor] = {}
    for prefix, model in (("study", Study), ("cro", Vendor)):
        rows = model.objects.visible_to(user).filter(sponsor__in=sponsors)
        found |= {f"{prefix}-{row.pk}": row for row in rows.select_related("sponsor")}
    return found


def asked_again(export: InspectionExport) -> dict[str, Any]:
    """Return the initial values of a request for the same pack."""
    key = f"study-{export.study_id}" if export.study_id else f"cro-{export.vendor_id}"
    return {
        "scope": key,
        "period_from": export.period_from,
        "period_until": export.period_until,
        "as_of_date": export.as_of_date,
    }


def _months_before(day: date, count: int) -> date:
    number = day.year * 12 + day.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)
