"""Writing sponsors, service providers and people's roles: nothing else does."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError

from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from vendors.access import Role
from vendors.models import Membership, Sponsor, Vendor
from vendors.register.saving import change_row, check_same_sponsor, create_row


def create_sponsor(
    *, actor: Actor, values: Mapping[str, Any], today: date, reason: str = ""
) -> Sponsor:
    """Add a sponsor, with the acting person as its first administrator from `today`.

    Both or neither: in a sponsor without an administrator nobody could give anybody a role.
    """
    if actor.user_id is None:
        raise ValidationError("A person adds a sponsor, and becomes its first administrator.")
    with acting(actor, reason=reason or "Added to the register"):
        sponsor = create_row(actor=actor, row=Sponsor(**values), reason=reason)
        first = Membership(
            user_id=actor.user_id, sponsor=sponsor, role=Role.ADMINISTRATOR, from_date=today
        )
        create_row(actor=actor, row=first, reason=reason or "First administrator")
    return sponsor


def change_sponsor(
    *, actor: Actor, sponsor: Sponsor, values: Mapping[str, Any], seen: int | None, reason: str
) -> Sponsor:
    """Change a sponsor's name."""
    return change_row(actor=actor, row=sponsor, values=values, seen=seen, reason=reason)


def create_vendor(
    *, actor: Actor, sponsor: Sponsor, values: Mapping[str, Any], reason: str = ""
) -> Vendor:
    """Add a service provider to a sponsor's register."""
    vendor = Vendor(sponsor=sponsor, **values)
    return create_row(actor=actor, row=vendor, reason=reason, check=_check_vendor)


def change_vendor(
    *, actor: Actor, vendor: Vendor, values: Mapping[str, Any], seen: int | None, reason: str
) -> Vendor:
    """Change a service provider, or end the relationship by its last day."""
    return change_row(
        actor=actor,
        row=vendor,
        values=values,
        seen=seen,
        reason=reason,
        ends_in="ended_on",
        check=_check_vendor,
    )


def _check_vendor(vendor: Vendor) -> None:
    check_same_sponsor(vendor, vendor.sponsor_id, "parent")
    above, passed = vendor.parent, {vendor.pk}
    while above is not None:
        if above.pk in passed:
            raise ValidationError({"parent": f"{above} already works under {vendor}."})
        passed.add(above.pk)
        above = above.parent


def grant_membership(
    *,
    actor: Actor,
    email: str,
    name: str,
    organisation: Sponsor | Vendor,
    role: Role,
    from_date: date,
    until_date: date | None = None,
    reason: str = "",
) -> Membership:
    """Give a person a role; an unknown e-mail address becomes a person who cannot sign in yet.

    Somebody known keeps the name they have: it is theirs, not the administrator's.
    """
    with acting(actor, reason=reason or "Access granted"):
        user, new = User.objects.get_or_create(
            email=email.strip().lower(), defaults={"name": name, "password": make_password(None)}
        )
        if new:
            record(Event.CREATED, actor=actor, subject=user, reason=reason)
        place = "sponsor" if isinstance(organisation, Sponsor) else "vendor"
        membership = Membership(
            user=user,
            role=role,
            from_date=from_date,
            until_date=until_date,
            **{place: organisation},
        )
        return create_row(actor=actor, row=membership, reason=reason or "Access granted")


def end_membership(
    *,
    actor: Actor,
    membership: Membership,
    last_day: date,
    today: date,
    seen: int | None,
    reason: str,
) -> Membership:
    """Let a membership end after `last_day`; yesterday ends it at once.

    Refuses to shorten the past, and an administrator who would lock themselves out.
    """
    if last_day < today - timedelta(days=1):
        raise ValidationError(
            {"until_date": "The past stays as it was: choose yesterday to end access at once."}
        )
    if membership.until_date is not None and membership.until_date < today:
        raise ValidationError("This membership has already ended.")
    if membership.user_id == actor.user_id and _is_last_administration(membership):
        raise ValidationError(
            "This is your own last membership as administrator. Ask another administrator to end "
            "it, so that somebody can still manage access."
        )
    return change_row(
        actor=actor,
        row=membership,
        values={"until_date": last_day},
        seen=seen,
        reason=reason,
        ends_in="until_date",
    )


def _is_last_administration(membership: Membership) -> bool:
    if membership.role != Role.ADMINISTRATOR:
        return False
    others = Membership.objects.current().filter(
        user=membership.user_id, role=Role.ADMINISTRATOR, sponsor=membership.sponsor_id
    )
    return not others.exclude(pk=membership.pk).exists()
