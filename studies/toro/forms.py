"""Input about IND submissions, and the dates that a document is asked for."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from oversight.look.times import day_text
from studies.models import IndSubmission, Study
from studies.toro.transfers import Transfer, transfers_in_force
from vendors.register.forms import RecordForm

FIRST, LAST = date(1980, 1, 1), date(2199, 12, 31)


class IndSubmissionForm(RecordForm):
    """One submission; `lines` begins with everything in force on its day, and a person unticks.

    Sent with another day than the lines were shown for, it is not taken: it shows those of the new
    day, all ticked, and asks to look at them.
    """

    lines = forms.MultipleChoiceField(
        label="It lists these transfers",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Part 312 obligations that were transferred or shared on the day of the "
        "submission. Untick what it did not list.",
    )
    shown_for = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = IndSubmission
        fields = ["submitted_on", "serial_number", "form_revision", "note"]

    def __init__(
        self, data: QueryDict | None, *, user: Any, study: Study, today: date, on: date | None
    ) -> None:
        day = on or today
        initial = {"submitted_on": day, "shown_for": day.isoformat()}
        super().__init__(data, user=user, sponsors=(study.sponsor,), initial=initial)
        self.today = today
        self.order_fields(
            ["submitted_on", "serial_number", "form_revision", "lines", "note", "reason"]
        )
        day = (day_of(data.get("submitted_on")) if data else None) or day
        self.in_force = transfers_in_force(user=user, study=study, on=day)
        field = self.fields["lines"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (tells the type checker)
        field.choices = [(one.key, one.words) for one in self.in_force]
        field.initial = [one.key for one in self.in_force]
        self.another_day = data is not None and data.get("shown_for") != day.isoformat()
        if data is not None and self.another_day:
            self.data = shown = data.copy()
            shown.setlist("lines", [one.key for one in self.in_force])
            shown["shown_for"] = day.isoformat()

    def clean_submitted_on(self) -> date:
        """Take the day of something that was sent."""
        day: date = self.cleaned_data["submitted_on"]
        if not FIRST <= day <= self.today:
            raise ValidationError(f"Give a day from {day_text(FIRST)} to today.")
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for another look where the lines were those of another day."""
        cleaned = super().clean() or self.cleaned_data
        day = cleaned.get("submitted_on")
        if day and self.another_day:
            self.add_error(
                "lines",
                f"These are now the transfers in force on {day_text(day)}: check them, then "
                "record again.",
            )
        return cleaned

    def chosen(self) -> list[Transfer]:
        """Return the lines that stayed ticked."""
        return [one for one in self.in_force if one.key in self.cleaned_data["lines"]]


def day_of(text: str | None) -> date | None:
    """Read a day from an address or a form; None where it is none, or out of all reason."""
    try:
        day = date.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None
