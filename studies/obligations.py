"""Writing a sponsor's own obligations; those of the catalogue change with the product alone.

What an obligation says may be relied on, so that every change is another edition of it: its history
holds what each edition said.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.history import last_change_id
from studies.models import Delegation, Function, Obligation
from studies.models.function import OWN
from studies.services import check_function, free_slug
from vendors.models import Sponsor
from vendors.register.saving import change_row, create_row

NAMED = ("name", "description")


def create_obligation(
    *, actor: Actor, sponsor: Sponsor, values: Mapping[str, Any], reason: str = ""
) -> Obligation:
    """Add an obligation of the sponsor's own; its code counts on: own-1, own-2."""
    named, rest = _parted(values)
    with acting(actor, reason=reason or "Added to the register"):
        Sponsor._base_manager.select_for_update().get(pk=sponsor.pk)
        function = create_row(
            actor=actor,
            row=Function(
                sponsor=sponsor,
                kind=Function.Kind.OBLIGATION,
                slug=free_slug(sponsor, str(named["name"])),
                **named,
            ),
            reason=reason,
            check=check_function,
        )
        own = Obligation._base_manager.filter(function__sponsor=sponsor).count()
        row = Obligation(function=function, code=f"{OWN}{own + 1}", **rest)
        return create_row(actor=actor, row=row, reason=reason)


def change_obligation(
    *,
    actor: Actor,
    obligation: Obligation,
    values: Mapping[str, Any],
    seen: int | None,
    reason: str,
) -> Obligation:
    """Change what an obligation says: that is its next edition. What is refused: `change_row`.

    It cannot become one that never moves while a CRO holds it.
    """
    named, rest = _parted(values)
    with acting(actor, reason=reason):
        locked = Obligation._base_manager.select_for_update(of=("self",))
        current = locked.select_related("function").get(pk=obligation.pk)
        edition = {"edition": current.edition + 1}
        renamed = any(getattr(current.function, name) != value for name, value in named.items())
        changed = change_row(
            actor=actor,
            row=current,
            values=rest | (edition if renamed else {}),
            along=edition,
            seen=seen,
            reason=reason,
            check=_check_obligation,
        )
        if renamed:
            change_row(
                actor=actor,
                row=current.function,
                values=named,
                seen=last_change_id(current.function),
                reason=reason,
                check=check_function,
            )
    return changed


def _parted(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part what the function keeps from what the obligation keeps."""
    named = {name: value for name, value in values.items() if name in NAMED}
    return named, {name: value for name, value in values.items() if name not in NAMED}


def _check_obligation(obligation: Obligation) -> None:
    if obligation.function.sponsor_id is None:
        raise ValidationError("The obligations of the catalogue change with the product, not here.")
    moved = Delegation._base_manager.filter(
        Q(kind=Delegation.Kind.TRANSFERRED) | Q(kind=Delegation.Kind.SHARED),
        function=obligation.pk,
        until_date__isnull=True,
    )
    if not obligation.transferable and moved.exists():
        raise ValidationError(
            {"transferable": "A CRO holds it: end that record before it can never be transferred."}
        )
