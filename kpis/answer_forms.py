"""What people send on the way back: comments on cells, corrections, disputes and their answers."""

from django import forms

from kpis.models import Dispute


class DisputeForm(forms.Form):
    """Why a comment or a reading is wrong."""

    reason = forms.CharField(
        label="Why",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why it is wrong; the sponsor reads it as you write it."},
    )


class SettleForm(forms.Form):
    """The sponsor's answer to a dispute."""

    outcome = forms.ChoiceField(
        choices=Dispute.Outcome.choices, error_messages={"required": "Say who is right."}
    )
    answer = forms.CharField(
        max_length=2000, error_messages={"required": "Say why; the CRO reads it as you write it."}
    )


class CellCorrectionForm(forms.Form):
    """How one cell (B5) should be read, and why; empty empties it."""

    sheet = forms.CharField(max_length=255, strip=False)
    at = forms.CharField(
        max_length=12, error_messages={"required": "Choose the cell that should be read otherwise."}
    )
    after = forms.CharField(max_length=1000, required=False)
    reason = forms.CharField(
        max_length=1000,
        error_messages={"required": "Say why the cell should be read otherwise."},
    )


class CellCommentForm(forms.Form):
    """What the sponsor says of a cell (B5), a row (5) or, without `at`, the whole sheet."""

    sheet = forms.CharField(max_length=255, strip=False)
    at = forms.CharField(max_length=12, required=False)
    text = forms.CharField(
        max_length=2000, error_messages={"required": "Write what the CRO should look at."}
    )
