"""What a reviewer may ask for: the filter of the audit-trail page."""

from typing import Any

from django import forms

from inspection.audit_trail.wording import tables_in_words
from oversight.audit_trail.events import Event

LARGEST_ID = 2**63 - 1


class FilterForm(forms.Form):
    """Actor, event or table, subject and days; all optional. `before` is the page's place."""

    actor = forms.CharField(max_length=200, required=False)
    what = forms.ChoiceField(required=False)
    subject = forms.CharField(max_length=200, required=False)
    from_date = forms.DateField(
        label="From", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until_date = forms.DateField(
        label="Until", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    before = forms.IntegerField(
        min_value=1, max_value=LARGEST_ID, required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, events: bool, **kwargs: Any) -> None:
        """Offer events or tables, as the view shown asks for."""
        super().__init__(*args, **kwargs)
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)  # noqa: S101  (tells mypy what is declared above)
        what.label = "Event" if events else "Table"
        offered = list(Event.choices) if events else tables_in_words()
        what.choices = [("", "All"), *offered]
