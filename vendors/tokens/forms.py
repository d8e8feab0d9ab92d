"""Input about service tokens."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms

from vendors.models import Membership, ServiceToken
from vendors.register.forms import ReasonForm
from vendors.tokens.models import LONGEST_LIFE

SCOPES = {
    "read": "read",
    "upload": "upload",
    "read upload": "read and upload",
}


class TokenForm(ReasonForm):
    """Whose token, what it is for, what it may do, and until when."""

    membership = forms.ChoiceField(
        label="Acts for",
        help_text="A member of the CRO. The token sees what they see there and stops with them.",
    )
    name = forms.CharField(
        label="What uses it", max_length=80, help_text="Such as “nightly export of the EDC”."
    )
    scopes = forms.ChoiceField(label="May", choices=list(SCOPES.items()), initial="read upload")
    last_day = forms.DateField(
        label="Last day",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
        help_text=f"At most {LONGEST_LIFE.days} days from now.",
    )

    def __init__(
        self, *args: Any, memberships: Iterable[Membership], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["seen"]
        self.fields["reason"].required = False
        self.fields["reason"].help_text = "Such as who asked for it."
        self.by_key = {str(membership.pk): membership for membership in memberships}
        field = self.fields["membership"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (tells the type checker)
        field.choices = [
            ("", "choose a person"),
            *(
                (key, f"{one.vendor}: {one.user}, {one.get_role_display()}")
                for key, one in self.by_key.items()
            ),
        ]
        self.today = today
        self.longest = today + LONGEST_LIFE - timedelta(days=1)
        self.fields["last_day"].widget.attrs |= {
            "min": today.isoformat(),
            "max": self.longest.isoformat(),
        }
        self.order_fields([name for name in self.fields if name != "reason"])

    def clean_last_day(self) -> date:
        """Refuse a day that has passed, and one that is too far away."""
        day: date = self.cleaned_data["last_day"]
        if not self.today <= day <= self.longest:
            raise forms.ValidationError(f"Choose a day between today and {self.longest:%-d %b %Y}.")
        return day

    def values(self) -> dict[str, Any]:
        """Return what the service takes; the token lasts to the end of its last day in UTC."""
        data = self.cleaned_data
        after = data["last_day"] + timedelta(days=1)
        return {
            "membership": self.by_key[data["membership"]],
            "name": data["name"],
            "scopes": [ServiceToken.Scope(scope) for scope in data["scopes"].split()],
            "expires_at": datetime.combine(after, time(), UTC),
            "reason": data["reason"],
        }


class RevokeForm(ReasonForm):
    """Why a token is revoked."""
