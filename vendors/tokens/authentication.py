"""Signing in by `Authorization: Bearer …`: from the secret to a bearer of the token."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from vendors.access import Bearer, Permission
from vendors.tokens.last_use import note_use
from vendors.tokens.models import ServiceToken
from vendors.tokens.services import hash_of

SCOPE_PERMISSIONS = {
    ServiceToken.Scope.READ: frozenset(
        {Permission.VIEW_REGISTER, Permission.VIEW_SUBMISSIONS, Permission.VIEW_DASHBOARDS}
    ),
    ServiceToken.Scope.UPLOAD: frozenset({Permission.UPLOAD}),
}


class TokenAuthentication(BaseAuthentication):
    """Recognise a service token; leaves requests without a bearer token to the next way."""

    def authenticate(self, request: Any) -> tuple[Bearer, ServiceToken] | None:
        """Return the bearer and the token; raises AuthenticationFailed with the reason."""
        scheme, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = token_of(secret.strip(), now=timezone.now())
        return bearer_of(token), token

    def authenticate_header(self, request: Any) -> str:
        """Name the scheme in the answer to somebody unknown, which makes it a 401."""
        return "Bearer"


def token_of(secret: str, *, now: datetime) -> ServiceToken:
    """Return the token with this secret, in force at `now`; raises AuthenticationFailed.

    Whoever holds the secret is told why it does not work any more; others learn nothing.
    """
    token = (
        ServiceToken.objects.filter(secret_sha256=hash_of(secret))
        .select_related("vendor__sponsor", "acts_for")
        .first()
    )
    if token is None:
        raise AuthenticationFailed("This is not a service token that we issued.")
    if token.revoked_at is not None:
        raise AuthenticationFailed("This service token was revoked.")
    if token.expires_at <= now:
        raise AuthenticationFailed("This service token has expired. Ask for a new one.")
    person = token.acts_for
    if not person.is_active or not bearer_of(token).memberships.current().exists():
        raise AuthenticationFailed(
            "The person for whom this service token acts works for the CRO no longer. "
            "Ask for a new one."
        )
    note_use(token.pk, now=now)
    return token


def bearer_of(token: ServiceToken) -> Bearer:
    """Return who acts with the token: its person, at its vendor, within its scopes."""
    allowed: frozenset[Permission] = frozenset()
    for scope in token.scopes:
        allowed |= SCOPE_PERMISSIONS[ServiceToken.Scope(scope)]
    return Bearer(
        token.acts_for,
        vendor_id=token.vendor_id,
        at_most=allowed,
        name=f"service token {token} for {token.acts_for}",
    )
