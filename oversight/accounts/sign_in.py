"""Sign-ins as events of the audit trail.

A failed attempt names the account only when there is one: what a stranger typed may be a password.
"""

from typing import Any

from django.http import HttpRequest

from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record


def signed_in(*, request: HttpRequest, user: User, **_: Any) -> None:
    """Record that a person signed in."""
    record(Event.SIGNED_IN, actor=Actor.of_user(user), subject=user)


def signed_out(*, request: HttpRequest, user: User | None, **_: Any) -> None:
    """Record that a person signed out; a visitor who was not signed in leaves no trace."""
    if user is not None:
        record(Event.SIGNED_OUT, actor=Actor.of_user(user), subject=user)


def sign_in_failed(*, credentials: dict[str, Any], **_: Any) -> None:
    """Record a failed sign-in, on the account if it exists."""
    _record_attempt(Event.SIGN_IN_FAILED, email=str(credentials.get("email") or ""))


def sign_in_throttled(*, request: HttpRequest, email: str) -> None:
    """Record that further attempts were refused for a while."""
    _record_attempt(Event.SIGN_IN_THROTTLED, email=email)


def _record_attempt(event: Event, *, email: str) -> None:
    user = User.objects.filter(email=email.strip().lower()).first()
    record(event, actor=Actor.visitor(), subject=user, detail={"known_account": user is not None})
