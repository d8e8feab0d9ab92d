"""Writing records about a provider, of whatever kind: added, changed, ended; never deleted."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from oversight.audit_trail.attribution import Actor
from vendors.access import VisibleModel
from vendors.dossier.kinds import Kind
from vendors.models import Vendor
from vendors.register.saving import change_row, create_row


def add_entry(
    *, actor: Actor, kind: Kind, vendor: Vendor, values: Mapping[str, Any], reason: str = ""
) -> VisibleModel:
    """Add a record of that kind to a provider's file; raises ValidationError where it may not be.

    An approval is only asked of a provider that works under another one.
    """
    if kind.of_sub_providers and vendor.parent_id is None:
        raise ValidationError(
            f"{vendor} works for the sponsor directly. Say under whom it works first, on its own "
            "record."
        )
    return create_row(actor=actor, row=kind.model(vendor=vendor, **values), reason=reason)


def change_entry(
    *,
    actor: Actor,
    kind: Kind,
    entry: VisibleModel,
    values: Mapping[str, Any],
    seen: int | None,
    reason: str,
) -> VisibleModel:
    """Change a record, or end it by its last day; see `change_row`."""
    return change_row(
        actor=actor, row=entry, values=values, seen=seen, reason=reason, ends_in=kind.ends_in
    )
