"""The mail by which a new person sets a first password."""

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from oversight.accounts.models import User


def invite(request: HttpRequest, user: User) -> None:
    """Send the mail that sets a password, to somebody who has none yet."""
    if user.has_usable_password():
        return
    form = ResetPasswordForm(data={"email": user.email})
    if form.is_valid():
        form.save(request)
