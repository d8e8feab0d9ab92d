"""How allauth behaves here: nobody signs up, and being throttled is recorded."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest

from oversight.accounts.sign_in import sign_in_throttled


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator, never by visitors."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: accounts are made by an administrator."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Record a refusal because of too many failures before passing it on."""
        try:
            super().pre_authenticate(request, **credentials)
        except forms.ValidationError:
            sign_in_throttled(request=request, email=credentials.get("email", ""))
            raise
