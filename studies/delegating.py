"""Writing who does what: delegations, their confirmation, and what the sponsor keeps.

Every record that a person makes or changes is confirmed by them on that day; a record that the
system drafts is not, until somebody does. Nothing else writes delegations.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from oversight.audit_trail.attribution import Actor, acting
from studies.answers import EVERYWHERE, Record, holds
from studies.models import Delegation, Function, Obligation, Study
from vendors.models import Vendor
from vendors.register.saving import change_row, check_same_sponsor, create_row

Values = Mapping[str, Any]
KEPT = "Confirmed that the sponsor keeps it"


def create_delegation(
    *, actor: Actor, values: Values, today: date | None, reason: str = ""
) -> Delegation:
    """Record who does a function on a study, confirmed by `actor` on `today`.

    Without a day, or by the system, it is a draft: recorded, and confirmed by nobody yet.
    """
    delegation = Delegation(**values, **_confirmation(actor, today))
    return create_row(actor=actor, row=delegation, reason=reason, check=_check_delegation)


def change_delegation(
    *,
    actor: Actor,
    delegation: Delegation,
    values: Values,
    today: date,
    seen: int | None,
    reason: str,
) -> Delegation:
    """Change a delegation, or end it by its last day; who changes it confirms it."""
    return change_row(
        actor=actor,
        row=delegation,
        values=values,
        along=_confirmation(actor, today),
        seen=seen,
        reason=reason,
        ends_in="until_date",
        check=_check_delegation,
    )


def confirm_delegation(
    *, actor: Actor, delegation: Delegation, today: date, seen: int | None
) -> Delegation:
    """Confirm a record as it stands."""
    return change_row(
        actor=actor,
        row=delegation,
        values=_confirmation(actor, today),
        seen=seen,
        reason="Confirmed as recorded",
    )


def confirm_retained(
    *, actor: Actor, study: Study, functions: Iterable[Function], today: date, reason: str = ""
) -> tuple[Delegation, ...]:
    """Record that the sponsor keeps each function from `today` on, until the next record begins.

    All or none: where somebody holds one of them today everywhere, ValidationError names it.
    """
    actor.person_id  # noqa: B018  (raises for the system: a person confirms)
    with acting(actor, reason=reason or KEPT):
        Study._base_manager.select_for_update(of=("self",)).get(pk=study.pk)
        known: dict[int, list[Record]] = defaultdict(list)
        for one in Delegation._base_manager.filter(study=study, region=EVERYWHERE):
            record = Record(one.pk, one.kind, None, one.from_date, one.until_date)
            known[one.function_id].append(record)
        return tuple(
            create_delegation(
                actor=actor,
                values=_kept(study, function, known[function.pk], today),
                today=today,
                reason=reason or KEPT,
            )
            for function in functions
        )


def _kept(study: Study, function: Function, known: list[Record], today: date) -> dict[str, Any]:
    if any(holds(one, today) for one in known):
        raise ValidationError(
            f"{function.name}: somebody has recorded who does this meanwhile. Look at it again."
        )
    later = [one.from_date for one in known if one.from_date > today]
    return {
        "study": study,
        "function": function,
        "kind": Delegation.Kind.RETAINED,
        "from_date": today,
        "until_date": min(later) - timedelta(days=1) if later else None,
    }


def _confirmation(actor: Actor, today: date | None) -> dict[str, Any]:
    if today is None or actor.user_id is None:
        return {"confirmed_by_id": None, "confirmed_on": None}
    return {"confirmed_by_id": actor.user_id, "confirmed_on": today}


def _check_delegation(delegation: Delegation) -> None:
    sponsor_id = delegation.study.sponsor_id
    check_same_sponsor(delegation, sponsor_id, "engagement")
    if delegation.function.sponsor_id is not None:
        check_same_sponsor(delegation, sponsor_id, "function")
    moves = delegation.kind in (Delegation.Kind.TRANSFERRED, Delegation.Kind.SHARED)
    obligation = Obligation._base_manager.filter(function=delegation.function_id).first()
    if moves and obligation is not None and not obligation.transferable:
        raise ValidationError(
            {"function": f"{obligation.function.name} can never be transferred or shared."}
        )
    _check_provider(delegation)


def _check_provider(delegation: Delegation) -> None:
    """Refuse an agreement with somebody else, and a performer who does not work under the CRO."""
    version, performer = delegation.agreement_version, delegation.performer
    if version is None and performer is None:
        return
    if delegation.engagement is None:
        field = "performer" if performer is not None else "agreement_version"
        raise ValidationError({field: "Leave this empty: no CRO acts in this case."})
    cro = delegation.engagement.vendor
    if version is not None and version.agreement.vendor_id != cro.pk:
        raise ValidationError({"agreement_version": f"This agreement is not with {cro}."})
    if performer is not None and not works_under(performer, cro):
        raise ValidationError({"performer": f"{performer} does not work under {cro}."})


def works_under(vendor: Vendor, cro: Vendor) -> bool:
    """Say whether `vendor` is a sub-provider of `cro`, at whatever depth."""
    seen: set[int] = set()
    above = vendor.parent
    while above is not None and above.pk not in seen:
        if above.pk == cro.pk:
            return True
        seen.add(above.pk)
        above = above.parent
    return False
