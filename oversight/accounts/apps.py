"""Wires the sign-in signals to the audit trail."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed


class AccountsConfig(AppConfig):
    """The application that holds people who can sign in."""

    name = "oversight.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Record who signs in, out, or fails to."""
        # Models are only importable once all apps are loaded.
        from allauth.mfa.signals import authentication_failed  # noqa: PLC0415  (needs loaded apps)

        from oversight.accounts import sign_in  # noqa: PLC0415  (needs loaded apps)

        # Django's own receiver writes the time of the last sign-in in nobody's name; ours does it.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        user_logged_in.connect(sign_in.signed_in, dispatch_uid="signed-in")
        user_logged_out.connect(sign_in.signed_out, dispatch_uid="signed-out")
        user_login_failed.connect(sign_in.sign_in_failed, dispatch_uid="sign-in-failed")
        authentication_failed.connect(sign_in.second_step_failed, dispatch_uid="code-failed")
