"""Issuing and revoking service tokens: nothing else writes them."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from oversight.audit_trail.attribution import Actor
from vendors.access import CRO_ROLES
from vendors.models import Membership
from vendors.register.saving import change_row, create_row
from vendors.tokens.models import ServiceToken

MARK = "ovs_"  # lets a scanner of source code tell a leaked token
RANDOM_BYTES = 32
PREFIX_LENGTH = len(MARK) + 8


@dataclass(frozen=True)
class Issued:
    """A new token with its secret, which nobody can show again."""

    token: ServiceToken
    secret: str


def issue_token(
    *,
    actor: Actor,
    membership: Membership,
    name: str,
    scopes: Collection[str],
    expires_at: datetime,
    now: datetime,
    reason: str = "",
) -> Issued:
    """Issue a token for the CRO of `membership`, in its holder's name.

    Refuses, with ValidationError, a membership that is not current or not at a CRO, and a life
    longer than 400 days.
    """
    vendor = membership.vendor
    current = Membership.objects.current().filter(pk=membership.pk, role__in=CRO_ROLES)
    if vendor is None or not current.exists():
        raise ValidationError({"membership": "Choose somebody who works for the CRO today."})
    secret = MARK + secrets.token_urlsafe(RANDOM_BYTES)
    token = ServiceToken(
        vendor=vendor,
        acts_for=membership.user,
        name=name,
        scopes=sorted(scopes),
        prefix=secret[:PREFIX_LENGTH],
        secret_sha256=hash_of(secret),
        issued_at=now,
        issued_by_id=actor.person_id,
        expires_at=expires_at,
    )
    create_row(actor=actor, row=token, reason=reason or "Service token issued")
    return Issued(token, secret)


def revoke_token(
    *, actor: Actor, token: ServiceToken, now: datetime, seen: int | None, reason: str
) -> ServiceToken:
    """End a token at once; refuses one that was revoked already."""
    if token.revoked_at is not None:
        raise ValidationError("This token was revoked already.")
    return change_row(
        actor=actor,
        row=token,
        values={"revoked_at": now, "revoked_by_id": actor.person_id},
        seen=seen,
        reason=reason,
        ends_in="revoked_at",
    )


def hash_of(secret: str) -> str:
    """Return what is kept of a secret: its SHA-256 in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()
