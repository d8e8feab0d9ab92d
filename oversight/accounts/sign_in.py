"""Sign-ins as events of the audit trail.

A failed attempt names the account only when there is one: what a stranger typed may be a password.
"""

from typing import Any

from django.contrib.auth.models import update_last_login
from django.http import HttpRequest

from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record


def signed_in(*, request: HttpRequest, user: User, **_: Any) -> None:
    """Record that a person signed in, and note the time on the account in their name."""
    with acting(Actor.of_user(user), reason="Signed in"):
        update_last_login(User, user)
        record(Event.SIGNED_IN, actor=Actor.of_user(user), subject=user)


def signed_out(*, request: HttpRequest, user: User | None, **_: Any) -> None:
    """Record that a person signed out; a visitor who was not signed in leaves no trace."""
    if user is not None:
        record(Event.SIGNED_OUT, actor=Actor.of_user(user), subject=user)


def sign_in_failed(*, credentials: dict[str, Any], **_: Any) -> None:
    """Record a failed sign-in, on the account if it exists."""
    _record_attempt(Event.SIGN_IN_FAILED, email=str(credentials.get("email") or ""))


def second_step_failed(*, user: User, reauthentication: bool, **_: Any) -> None:
    """Record a wrong code after a right password: somebody may know the password."""
    detail = {"known_account": True, "step": "code", "again": reauthentication}
    record(Event.SIGN_IN_FAILED, actor=Actor.visitor(), subject=user, detail=detail)


def sign_in_throttled(*, request: HttpRequest, email: str) -> None:
    """Record that further attempts were refused for a while."""
    _record_attempt(Event.SIGN_IN_THROTTLED, email=email)


def _record_attempt(event: Event, *, email: str) -> None:
    user = User.objects.filter(email=email.strip().lower()).first()
    record(event, actor=Actor.visitor(), subject=user, detail={"known_account": user is not None})
