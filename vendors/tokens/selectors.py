"""Reading service tokens, for their page; the secret is nowhere in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vendors.models import Membership, ServiceToken
from vendors.register.listing import Column, Listing, Register, Wanted, listing
from vendors.tokens.last_use import last_uses


@dataclass(frozen=True)
class TokenRow:
    """One token as listed; `state` is "in force", "expired" or "revoked"."""

    pk: int
    prefix: str
    name: str
    vendor: str
    acts_for: str
    scopes: str
    issued_at: datetime
    issued_by: str
    expires_at: datetime
    last_used_at: datetime | None
    state: str


COLUMNS = (
    Column("Issued", "issued", ("issued_at",)),
    Column("Token"),
    Column("CRO", "cro", ("vendor__name",)),
    Column("Acts for", "person", ("acts_for__name",)),
    Column("May"),
    Column("Expires", "expires", ("expires_at",)),
    Column("Last used"),
    Column("State"),
)


def tokens(*, user: Any, sponsor_ids: Collection[int], wanted: Wanted, now: datetime) -> Listing:
    """List the tokens of the CROs of these sponsors, newest first; two statements."""
    found = listing(
        ServiceToken.objects.visible_to(user)
        .filter(vendor__sponsor__in=sponsor_ids)
        .select_related("vendor", "acts_for", "issued_by"),
        wanted=wanted if wanted.sort else Wanted(wanted.words, "-issued", wanted.page),
        register=Register(COLUMNS, ("name", "prefix", "vendor__name", "acts_for__name")),
        to_row=lambda token: token,
    )
    used = last_uses([token.pk for token in found.page.object_list])
    found.page.object_list = [
        _row(token, used.get(token.pk), now) for token in found.page.object_list
    ]
    return found


def _row(token: ServiceToken, used: datetime | None, now: datetime) -> TokenRow:
    state = "in force" if token.expires_at > now else "expired"
    return TokenRow(
        pk=token.pk,
        prefix=token.prefix,
        name=token.name,
        vendor=str(token.vendor),
        acts_for=str(token.acts_for),
        scopes=" and ".join(ServiceToken.Scope(scope).label.lower() for scope in token.scopes),
        issued_at=token.issued_at,
        issued_by=str(token.issued_by),
        expires_at=token.expires_at,
        last_used_at=used,
        state="revoked" if token.revoked_at else state,
    )


def possible_bearers(*, user: Any, sponsor_ids: Collection[int]) -> list[Membership]:
    """Return today's memberships at the CROs of these sponsors: in whose name a token may act."""
    return list(
        Membership.objects.visible_to(user)
        .current()
        .filter(vendor__sponsor__in=sponsor_ids)
        .select_related("user", "vendor")
        .order_by("vendor__name", "user__name", "pk")
    )
